//! Gzip streams member by member, so that a damaged one costs itself alone.

use flate2::bufread::GzDecoder;
use std::io::{self, BufRead, ErrorKind, Read};
use std::mem;

/// How a member begins (RFC 1952, 2.3): the mark of gzip and its one method.
const MEMBER: [u8; 3] = [0x1f, 0x8b, 8];

/// Tells whether an error is that of damaged or cut gzip, behind which [`Members`] goes on.
pub(crate) fn is_damage(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::InvalidInput | ErrorKind::InvalidData | ErrorKind::UnexpectedEof)
}

/// The bytes of a gzip stream's members, one behind the other: web archives have one a record. After a fault, which is
/// handed over as an error, the next read goes on with what looks like the next member.
pub(crate) struct Members<R>(State<R>);

/// Packed bytes, with those before them that were looked at already.
type Packed<R> = io::Chain<io::Cursor<Vec<u8>>, R>;

enum State<R> {
    Within(Box<GzDecoder<Packed<R>>>),
    /// Behind a whole member, or before the first.
    Between(Packed<R>),
    /// Behind a fault.
    Damaged(Packed<R>),
    Ended,
}

impl<R: BufRead> Members<R> {
    pub(crate) fn new(packed: R) -> Self {
        Self(State::Between(io::Cursor::new(Vec::new()).chain(packed)))
    }
}

impl<R: BufRead> Read for Members<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        loop {
            match mem::replace(&mut self.0, State::Ended) {
                State::Within(mut member) => match member.read(into) {
                    Ok(0) if !into.is_empty() => self.0 = State::Between(member.into_inner()),
                    Err(error) if is_damage(&error) => {
                        self.0 = State::Damaged(member.into_inner());
                        return Err(error);
                    }
                    read => {
                        self.0 = State::Within(member);
                        return read;
                    }
                },
                State::Between(mut packed) => match packed.fill_buf().map(<[u8]>::is_empty) {
                    Ok(true) => {}
                    Ok(false) => self.0 = State::Within(Box::new(GzDecoder::new(packed))),
                    Err(error) => {
                        self.0 = State::Between(packed);
                        return Err(error);
                    }
                },
                State::Damaged(mut packed) => match seek(&mut packed) {
                    Ok(false) => {}
                    Ok(true) => {
                        let (_, rest) = packed.into_inner();
                        self.0 = State::Between(io::Cursor::new(MEMBER.to_vec()).chain(rest));
                    }
                    Err(error) => {
                        self.0 = State::Damaged(packed);
                        return Err(error);
                    }
                },
                State::Ended => return Ok(0),
            }
        }
    }
}

/// Passes over bytes until behind the beginning of a member; tells whether there is one.
fn seek(packed: &mut impl BufRead) -> io::Result<bool> {
    let mut matched = 0;
    loop {
        let held = packed.fill_buf()?;
        let n = held.len();
        let found = held.iter().position(|&byte| {
            matched = if byte == MEMBER[matched] { matched + 1 } else { usize::from(byte == MEMBER[0]) };
            matched == MEMBER.len()
        });
        packed.consume(found.map_or(n, |at| at + 1));
        if found.is_some() || n == 0 {
            return Ok(found.is_some());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Members;
    use flate2::Compression;
    use flate2::write::GzEncoder;
    use std::io::{Read, Write};

    fn packed(text: &str) -> Vec<u8> {
        let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
        packed.write_all(text.as_bytes()).unwrap();
        packed.finish().unwrap()
    }

    /// Reads to the end over any faults; returns the text with a mark for each.
    fn read(bytes: &[u8]) -> String {
        let mut members = Members::new(bytes);
        let (mut text, mut buffer) = (String::new(), [0; 7]);
        loop {
            match members.read(&mut buffer) {
                Ok(0) => return text,
                Ok(n) => text.push_str(std::str::from_utf8(&buffer[..n]).unwrap()),
                Err(_) => text.push('!'),
            }
        }
    }

    #[test]
    fn members_are_one_stream() {
        assert_eq!(
            read(&[packed("They left. "), packed(""), packed("They came.")].concat()),
            "They left. They came."
        );
        assert_eq!(read(b""), "");
    }

    #[test]
    fn a_fault_costs_one_member() {
        let mut damaged = packed("They stayed.");
        let at = damaged.len() - 8;
        // The checksum.
        damaged[at] ^= 1;
        let whole = [packed("They left. "), damaged, packed("They came.")].concat();
        assert_eq!(read(&whole), "They left. They stayed.!They came.");
        assert_eq!(read(&whole[..whole.len() - 9]), "They left. They stayed.!They came.!");
        let between =
            [packed("They left. "), b"what is this \x1f\x8b?".to_vec(), packed("They came.")].concat();
        assert_eq!(read(&between), "They left. !They came.");
        assert_eq!(read(b"\x1f\x8b\x08"), "!");
    }
}
