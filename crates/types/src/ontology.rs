//! PLOVER's closed sets: types, modes, contexts, sectors, and how an event stands.
//!
//! Source: the PLOVER manual (openeventdata/PLOVER), as restated in `data/ontology/`.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A name that belongs to none of a closed set's values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownName {
    /// Which set: "event type", "sector", …
    pub set: &'static str,
    /// The name as given.
    pub name: String,
}

impl fmt::Display for UnknownName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no {} is called {:?}", self.set, self.name)
    }
}

impl std::error::Error for UnknownName {}

/// Declares a closed set: an enum whose values are written as fixed names.
macro_rules! closed_set {
    ($(#[$doc:meta])* $name:ident, $what:literal { $($(#[$vdoc:meta])* $value:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name {
            $($(#[$vdoc])* #[serde(rename = $text)] $value,)*
        }

        impl $name {
            /// Every value, in the order of declaration.
            pub const ALL: &'static [Self] = &[$(Self::$value),*];

            /// Returns the name as the public format writes it.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$value => $text,)* }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl FromStr for $name {
            type Err = UnknownName;

            fn from_str(name: &str) -> Result<Self, UnknownName> {
                Self::ALL
                    .iter()
                    .copied()
                    .find(|v| v.as_str() == name)
                    .ok_or_else(|| UnknownName { set: $what, name: name.to_owned() })
            }
        }
    };
}

closed_set! {
    /// What is done: the sixteen PLOVER types.
    EventType, "event type" {
        /// Agrees, promises, offers or plans to cooperate; any future consult, support, cooperate or aid.
        Agree = "AGREE",
        /// Meetings, visits, talks, calls.
        Consult = "CONSULT",
        /// Praises, endorses, recognises, signs: diplomatic, not material.
        Support = "SUPPORT",
        /// Yields in words: pardons, apologises, announces a ceasefire or a withdrawal.
        Concede = "CONCEDE",
        /// Mutual material cooperation.
        Cooperate = "COOPERATE",
        /// Material aid to the recipient.
        Aid = "AID",
        /// Yields in deed: withdraws, frees, disarms, stops firing, resigns.
        Retreat = "RETREAT",
        /// Asks, demands, orders, appeals.
        Request = "REQUEST",
        /// Criticises, accuses, sues, charges, investigates.
        Accuse = "ACCUSE",
        /// Refuses, vetoes, cancels, bars.
        Reject = "REJECT",
        /// Threatens or warns with force.
        Threaten = "THREATEN",
        /// Collective civilian dissent.
        Protest = "PROTEST",
        /// Reduces relations; convicts.
        Sanction = "SANCTION",
        /// Military or police posture short of force.
        Mobilize = "MOBILIZE",
        /// Represses short of violence.
        Coerce = "COERCE",
        /// Acts that can do serious physical harm.
        Assault = "ASSAULT",
    }
}

closed_set! {
    /// How it is done. Which modes a type has is told by [`EventType::modes`].
    Mode, "mode" {
        /// `visit`.
        Visit = "visit",
        /// `third-party`.
        ThirdParty = "third-party",
        /// `multilateral`.
        Multilateral = "multilateral",
        /// `phone`.
        Phone = "phone",
        /// `withdraw`.
        Withdraw = "withdraw",
        /// `release`.
        Release = "release",
        /// `disarm`.
        Disarm = "disarm",
        /// `ceasefire`.
        Ceasefire = "ceasefire",
        /// `access`.
        Access = "access",
        /// `resign`.
        Resign = "resign",
        /// `assist`.
        Assist = "assist",
        /// `change`.
        Change = "change",
        /// `yield`.
        Yield = "yield",
        /// `meet`.
        Meet = "meet",
        /// `disapprove`.
        Disapprove = "disapprove",
        /// `investigate`.
        Investigate = "investigate",
        /// `allege`.
        Allege = "allege",
        /// `restrict`.
        Restrict = "restrict",
        /// `arrest`.
        Arrest = "arrest",
        /// `relations`.
        Relations = "relations",
        /// `expel`.
        Expel = "expel",
        /// `territory`.
        Territory = "territory",
        /// `violence`.
        Violence = "violence",
        /// `demo`.
        Demo = "demo",
        /// `riot`.
        Riot = "riot",
        /// `strike`.
        Strike = "strike",
        /// `hunger`.
        Hunger = "hunger",
        /// `boycott`.
        Boycott = "boycott",
        /// `obstruct`.
        Obstruct = "obstruct",
        /// `vandalize`.
        Vandalize = "vandalize",
        /// `convict`.
        Convict = "convict",
        /// `discontinue`.
        Discontinue = "discontinue",
        /// `troops`.
        Troops = "troops",
        /// `weapons`.
        Weapons = "weapons",
        /// `police`.
        Police = "police",
        /// `militia`.
        Militia = "militia",
        /// `seize`.
        Seize = "seize",
        /// `censor`.
        Censor = "censor",
        /// `curfew`.
        Curfew = "curfew",
        /// `martial-law`.
        MartialLaw = "martial-law",
        /// `deport`.
        Deport = "deport",
        /// `withhold`.
        Withhold = "withhold",
        /// `misinformation`.
        Misinformation = "misinformation",
        /// `cyber`.
        Cyber = "cyber",
        /// `abduct`.
        Abduct = "abduct",
        /// `beat`.
        Beat = "beat",
        /// `torture`.
        Torture = "torture",
        /// `sexual`.
        Sexual = "sexual",
        /// `targeted`.
        Targeted = "targeted",
        /// `destroy`.
        Destroy = "destroy",
        /// `primitive`.
        Primitive = "primitive",
        /// `firearms`.
        Firearms = "firearms",
        /// `explosives`.
        Explosives = "explosives",
        /// `suicide-attack`.
        SuicideAttack = "suicide-attack",
        /// `aerial`.
        Aerial = "aerial",
        /// `drone`.
        Drone = "drone",
        /// `heavy-weapons`.
        HeavyWeapons = "heavy-weapons",
        /// `crowd-control`.
        CrowdControl = "crowd-control",
        /// `unconventional`.
        Unconventional = "unconventional",
    }
}

closed_set! {
    /// Why, or in what setting.
    Context, "context" {
        /// Military, including military assistance.
        Military = "military",
        /// Gathering of information by state intelligence organizations, including more general discussions of those agencies.
        Intelligence = "intelligence",
        /// Executive agencies and bureaucracies, executives and their families, as well as personal and political issues involving non-elected heads of state.
        Executive = "executive",
        /// Legislative debate, parliamentary coalition formation.
        Legislative = "legislative",
        /// Elections and campaigns.
        Election = "election",
        /// Changes to—as well as non-routine interactions between and within—formal political bodies, including political parties.
        PoliticalInstitutions = "political_institutions",
        /// Processes and initiatives associated with democratization.
        ProDemocracy = "pro_democracy",
        /// Processes and initiatives associated with autocratization.
        ProAutocracy = "pro_autocracy",
        /// Economic news, trade, finance, economic development, inflation/GDP/recessions, or monetary policy.
        Economic = "economic",
        /// Courts and judiciary.
        Legal = "legal",
        /// Reparations, i.e., monetary or non-monetary compensation for past harm inflicted.
        Reparations = "reparations",
        /// Unspecified human rights in a general sense, often but not always literally including the term "human rights".
        HumanRights = "human_rights",
        /// Political rights and freedoms, civil liberties, press/media freedom, restrictions on civil rights, gatherings, etc.
        RightsFreedoms = "rights_freedoms",
        /// Forceful repression of groups, individuals, or societies by security forces.
        Repression = "repression",
        /// Access to water, food, housing, energy, land/property tenure (e.g.
        HumanSecurity = "human_security",
        /// Mentions of gender, women's issues, gender equality, etc., including abortion and issues of reproductive rights.
        Gender = "gender",
        /// LGBTQ issues such as related laws, discrimination, and protests.
        Lgbt = "lgbt",
        /// Religious, ethnic, caste, or linguistic issues, including discrimination, violence, cooperation, or more broadly important mentions.
        ReligionEthnicity = "religion_ethnicity",
        /// The unequal distribution of resources and opportunities.
        Inequality = "inequality",
        /// Diplomacy, which can be both international and domestic.
        Diplomatic = "diplomatic",
        /// International and domestic territorial disputes, protests and rebellions over territory, and forced displacements.
        Territory = "territory",
        /// Peacekeeping, typically multilateral operations.
        Peacekeeping = "peacekeeping",
        /// Public health, disease outbreaks and epidemics, disease in general.
        Health = "health",
        /// Discussions of seeking or granting asylum.
        Asylum = "asylum",
        /// Migration, refugees, and displaced people.
        Migration = "migration",
        /// Disasters including both "natural" and accidents/spills etc.
        Disasters = "disasters",
        /// Natural resource extraction, trade, dependence, and pollution.
        NaturalResource = "natural_resource",
        /// Pollution and related environmental problems.
        Environment = "environment",
        /// Technological development, new technology, high-tech industry.
        Technology = "technology",
        /// Events related to terrorist groups.
        Terrorism = "terrorism",
        /// Chemical, biological, radiation, and nuclear weapons or attacks.
        Cbrn = "cbrn",
        /// Cyber attacks and crime.
        Cyber = "cyber",
        /// Misinformation, influence operations, fake news.
        Misinformation = "misinformation",
        /// Any discussion of crimes or criminals, excluding events that have one of the more specific crime contexts like trafficking.
        Crime = "crime",
        /// Misuse/abuse of public office, including corruption, bribery, cronyism, nepotism, abuse of public office.
        Corruption = "corruption",
        /// Criminal possession, distribution, sale, or manufacturing of illegal drugs.
        IllegalDrugs = "illegal_drugs",
        /// Trafficking or smuggling of humans, drugs, animals, or other goods.
        Trafficking = "trafficking",
    }
}

closed_set! {
    /// The part of society or state that an actor belongs to.
    Sector, "sector" {
        /// Executive.
        Gov = "GOV",
        /// Military.
        Mil = "MIL",
        /// Parliament.
        Leg = "LEG",
        /// Courts.
        Jud = "JUD",
        /// Police and interior.
        Cop = "COP",
        /// Intelligence.
        Spy = "SPY",
        /// Party in government.
        Pty = "PTY",
        /// Opposition.
        Opp = "OPP",
        /// Armed group against or outside the state.
        Reb = "REB",
        /// Pro-government militia.
        Prm = "PRM",
        /// Unidentified armed group.
        Uaf = "UAF",
        /// Organised crime.
        Crm = "CRM",
        /// Civilians and protesters.
        Cvl = "CVL",
        /// Media.
        Jrn = "JRN",
        /// Health.
        Med = "MED",
        /// Education.
        Edu = "EDU",
        /// Business.
        Bus = "BUS",
        /// Farming.
        Agr = "AGR",
        /// Labour.
        Lab = "LAB",
        /// Religion.
        Rel = "REL",
        /// Society groups.
        Soc = "SOC",
        /// Former officials and celebrities.
        Eli = "ELI",
        /// Refugees.
        Ref = "REF",
    }
}

closed_set! {
    /// How an event stands to the world.
    #[derive(Default)]
    Status, "status" {
        /// It happened or is happening.
        #[default]
        Actual = "actual",
        /// Announced, planned or ordered, not yet done.
        Future = "future",
        /// Conditional, possible or asked for.
        Hypothetical = "hypothetical",
        /// Said not to have happened.
        Negated = "negated",
    }
}

closed_set! {
    /// How a source stands to what it says.
    #[derive(Default)]
    Stance, "stance" {
        /// Says so.
        #[default]
        States = "states",
        /// Accuses or claims.
        Alleges = "alleges",
        /// Thinks so.
        Believes = "believes",
        /// Says it is not so.
        Denies = "denies",
        /// Says that another's word is true.
        Confirms = "confirms",
    }
}

closed_set! {
    /// How one event stands to another.
    Relation, "relation" {
        /// Done in answer to it.
        ResponseTo = "response_to",
        /// A part of it.
        PartOf = "part_of",
        /// A statement whose content it is.
        About = "about",
        /// Brings it about.
        LeadsTo = "leads_to",
    }
}

/// The four quadrants of conflict and cooperation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Quad {
    /// 1: words of cooperation.
    VerbalCooperation = 1,
    /// 2: deeds of cooperation.
    MaterialCooperation = 2,
    /// 3: words of conflict.
    VerbalConflict = 3,
    /// 4: deeds of conflict.
    MaterialConflict = 4,
}

impl EventType {
    /// Returns the modes that this type has, in PLOVER's order.
    #[must_use]
    pub fn modes(self) -> &'static [Mode] {
        use Mode as M;
        match self {
            Self::Agree | Self::Support | Self::Concede | Self::Cooperate | Self::Aid => &[],
            Self::Consult => &[M::Visit, M::ThirdParty, M::Multilateral, M::Phone],
            Self::Retreat => &[M::Withdraw, M::Release, M::Disarm, M::Ceasefire, M::Access, M::Resign],
            Self::Request | Self::Reject => &[M::Assist, M::Change, M::Yield, M::Meet],
            Self::Accuse => &[M::Disapprove, M::Investigate, M::Allege],
            Self::Threaten => &[M::Restrict, M::Arrest, M::Relations, M::Expel, M::Territory, M::Violence],
            Self::Protest => &[M::Demo, M::Riot, M::Strike, M::Hunger, M::Boycott, M::Obstruct, M::Vandalize],
            Self::Sanction => &[M::Convict, M::Expel, M::Withdraw, M::Discontinue],
            Self::Mobilize => &[M::Troops, M::Weapons, M::Police, M::Militia],
            Self::Coerce => &[
                M::Seize,
                M::Restrict,
                M::Censor,
                M::Curfew,
                M::MartialLaw,
                M::Arrest,
                M::Deport,
                M::Withhold,
                M::Misinformation,
                M::Cyber,
            ],
            Self::Assault => &[
                M::Abduct,
                M::Beat,
                M::Torture,
                M::Sexual,
                M::Targeted,
                M::Destroy,
                M::Primitive,
                M::Firearms,
                M::Explosives,
                M::SuicideAttack,
                M::Aerial,
                M::Drone,
                M::HeavyWeapons,
                M::CrowdControl,
                M::Unconventional,
            ],
        }
    }

    /// Returns the quadrant (PLOVER manual, table of event types).
    #[must_use]
    pub fn quad(self) -> Quad {
        match self {
            Self::Agree | Self::Consult | Self::Support | Self::Concede => Quad::VerbalCooperation,
            Self::Cooperate | Self::Aid | Self::Retreat => Quad::MaterialCooperation,
            Self::Request | Self::Accuse | Self::Reject | Self::Threaten => Quad::VerbalConflict,
            Self::Protest | Self::Sanction | Self::Mobilize | Self::Coerce | Self::Assault => {
                Quad::MaterialConflict
            }
        }
    }
}

/// An ISO 3166-1 alpha-3 country code, or `IGO`, `NGO`, `MNC` for bodies of no one country.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Country([u8; 3]);

impl Country {
    /// Bodies made of states.
    pub const IGO: Self = Self(*b"IGO");
    /// Private bodies that work across borders.
    pub const NGO: Self = Self(*b"NGO");
    /// Companies that work across borders.
    pub const MNC: Self = Self(*b"MNC");
    /// The United States.
    pub const USA: Self = Self(*b"USA");

    /// Returns the code of three upper-case ASCII letters, none otherwise.
    #[must_use]
    pub fn new(code: &str) -> Option<Self> {
        let bytes: [u8; 3] = code.as_bytes().try_into().ok()?;
        bytes.iter().all(u8::is_ascii_uppercase).then_some(Self(bytes))
    }

    /// Returns the three letters.
    ///
    /// # Panics
    /// Never: only ASCII gets in.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("only ASCII letters are let in")
    }

    /// Returns the letters of a country, `---` where none is known, as records and gold write it.
    #[must_use]
    pub fn or_hyphens(country: Option<&Self>) -> &str {
        country.map_or(NO_COUNTRY, Self::as_str)
    }

    /// Tells whether this is a state or territory, not `IGO`, `NGO` or `MNC`.
    #[must_use]
    pub fn is_state(self) -> bool {
        !matches!(self, Self::IGO | Self::NGO | Self::MNC)
    }
}

/// How a country is written where none is known, or a place lies in none.
pub(crate) const NO_COUNTRY: &str = "---";

/// Returns an actor's code as records and gold give it: `USA MIL`, `USA` without a sector, `--- MIL` without a country.
#[must_use]
pub fn actor_code(country: Option<Country>, sector: Option<Sector>) -> String {
    let country = Country::or_hyphens(country.as_ref());
    sector.map_or_else(|| country.to_owned(), |sector| format!("{country} {sector}"))
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_written_as_gold_writes_them() {
        let usa = Country::new("USA");
        assert_eq!(actor_code(usa, Some(Sector::Mil)), "USA MIL");
        assert_eq!(actor_code(usa, None), "USA");
        assert_eq!(actor_code(None, Some(Sector::Reb)), "--- REB");
        assert_eq!(actor_code(None, None), "---");
    }

    #[test]
    fn names_round_trip() {
        for &mode in Mode::ALL {
            assert_eq!(mode.as_str().parse(), Ok(mode));
        }
        assert_eq!("ASSAULT".parse(), Ok(EventType::Assault));
        assert!("FIGHT".parse::<EventType>().is_err());
    }

    #[test]
    fn every_mode_belongs_to_a_type() {
        for &mode in Mode::ALL {
            assert!(EventType::ALL.iter().any(|t| t.modes().contains(&mode)), "{mode}");
        }
    }

    #[test]
    fn countries_are_three_capitals() {
        assert_eq!(Country::new("IRQ").unwrap().as_str(), "IRQ");
        assert!(Country::new("Irq").is_none());
        assert!(Country::new("IRAQ").is_none());
        assert!(!Country::IGO.is_state());
    }
}
