//! CSV, Parquet and JSON with columns of any name.

use crate::{gzip, lines};
use casus_ingest::{Format, Intake, path};
use parquet::basic::{Compression, LogicalType, Repetition, TimeUnit, Type as Physical, ZstdLevel};
use parquet::data_type::{ByteArrayType, Int32Type, Int64Type};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;
use std::fs;
use std::sync::Arc;

#[track_caller]
fn check(bytes: impl AsRef<[u8]>, name: &str, columns: &str, expected: &[&str]) {
    let intake = Intake { columns: columns.parse().unwrap(), ..Intake::default() };
    assert_eq!(lines(bytes.as_ref(), name, &intake), expected);
}

#[test]
fn columns_are_guessed_and_named() {
    check(
        "ID,Headline,Publication Date,Body\r\n7,Arvan,4 March 2026,\"They left, at last.\r\nAll of them.\"\r\n",
        "a.csv",
        "",
        &["a.csv: row 1 | 7 | 2026-03-04 | They left, at last.\r\nAll of them."],
    );
    check(
        "a;b;c\n1;They left.;2026-03-04\n",
        "a.csv",
        "text=b,published=c,id=a",
        &["a.csv: row 1 | 1 | 2026-03-04 | They left."],
    );
    check("id\ttext\n1\tThey \"left\".\n", "a.tsv", "", &["a.tsv: row 1 | 1 | - | They \"left\"."]);
}

#[test]
fn bad_rows_do_not_end_the_run() {
    check(
        "id,text\n1,They left.\n2\n\n,\n3,\n4,They came,and stayed.\n",
        "-",
        "",
        &[
            "-: row 1 | 1 | - | They left.",
            "-: row 2 | a document without words: nothing under \"text\"",
            "-: row 4 | a document without words: nothing under \"text\"",
            "-: row 5 | 4 | - | They came,and stayed.",
        ],
    );
}

/// Checks the rows of a table with the codes of their problems.
#[track_caller]
fn check_problems(table: &str, expected: &[&str]) {
    let mut read = Vec::new();
    casus_ingest::read(&mut table.as_bytes(), "a.csv", &Intake::default(), &mut |arrival| {
        read.push(match arrival.document {
            Ok((document, problems)) => {
                let codes: Vec<&str> = problems.iter().map(|problem| problem.code.as_str()).collect();
                format!("{} | {}", document.text, codes.join(" "))
            }
            Err(error) => error.to_string(),
        });
        true
    });
    assert_eq!(read, expected);
}

#[test]
fn commas_without_quotation_marks_cut_no_text() {
    check_problems(
        "id,date,text\n1,2026-03-04,They left Arvan, Northland, on Monday.,\n2,2026-03-04,\"They came, all.\",x\n",
        &[
            "They left Arvan, Northland, on Monday. | joined-cells",
            // A text in quotation marks is whole.
            "They came, all. | surplus-cells",
        ],
    );
    check_problems(
        "text\nThey left, all of them.\n",
        &["They left, all of them. | joined-cells no-publication-date"],
    );
    // Whose comma it is, nobody can tell.
    check_problems("text,date\nThey left, all of them.,2026-03-04\n", &["a row of 3 cells under 2 names"]);
    check_problems(
        "date,title,text\n2026-03-04,Arvan, again,\"They left, all.\"\n",
        &["a row of 4 cells under 3 names"],
    );
    // Cells below no name that are empty are no cells.
    check_problems("date,text\n2026-03-04,They left.,,\n", &["They left. | "]);
}

#[test]
fn rows_within_a_text_are_told() {
    check_problems(
        "id,date,text\n1,2026-03-04,\"open They left.\n2,2026-03-05,\"They came.\"\n",
        &["open They left.\n2,2026-03-05,They came.\" | swallowed-rows"],
    );
    check_problems(
        "id,date,text\n1,2026-03-04,\"They left.\nIn Arvan, 4 March 2026, they said so, all.\"\n",
        &["They left.\nIn Arvan, 4 March 2026, they said so, all. | "],
    );
}

#[test]
fn an_open_quotation_mark_does_not_fill_the_memory() {
    let table = "id,text\n1,They left.\n2,\"They came".to_owned() + &"\n3,They stayed.".repeat(1_500_000);
    check(
        table,
        "a.csv",
        "",
        &["a.csv: row 1 | 1 | - | They left.", "a.csv | a row that does not end within 20 MB"],
    );
}

#[test]
fn tables_without_words_name_their_columns() {
    check("a,b\n1,2\n", "a.csv", "", &["a.csv | no column seems to hold the reports’ words: there are a, b"]);
    check("a,text\n1,2\n", "a.csv", "title=x", &["a.csv | no column is called \"x\": there are a, text"]);
    check("a,text\n\n", "a.csv", "", &["a.csv | a table without rows"]);
    check("", "a.csv", "", &["a.csv | nothing to read: it is empty"]);
}

#[test]
fn spreadsheets_have_their_own_encodings() {
    let table = "id;text\r\n1;Orlé said “no”.\r\n";
    let expected = &["a.csv: row 1 | 1 | - | Orlé said “no”."];
    check(format!("\u{feff}{table}"), "a.csv", "", expected);
    let utf16: Vec<u8> =
        std::iter::once(0xfeff).chain(table.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    check(&utf16[2..], "a.csv", "", expected);
    check(&utf16[2..], "-", "", &["-: row 1 | 1 | - | Orlé said “no”."]);
    let big_endian: Vec<u8> = table.encode_utf16().flat_map(u16::to_be_bytes).collect();
    check(big_endian, "a.csv", "", expected);
    check(utf16, "a.csv", "", expected);
    check(b"id;text\r\n1;Orl\xe9 said \x93no\x94.\r\n", "a.csv", "", expected);
    check(gzip(table.as_bytes()), "a.csv.gz", "", &["a.csv.gz: row 1 | 1 | - | Orlé said “no”."]);
}

#[test]
fn a_row_with_zeros_is_no_text() {
    check(
        "id,text\n1,They \0left.\n2,They came.\n",
        "a.csv",
        "",
        &["a.csv: row 1 | not plain text: it seems to be binary data", "a.csv: row 2 | 2 | - | They came."],
    );
}

#[test]
fn json_keys_are_guessed_and_named() {
    check(
        r#"{"uuid": "a", "content": "They left.", "pubDate": "2026-03-04T01:00:00Z"}"#,
        "-",
        "",
        &["-: line 1 | a | 2026-03-04 | They left."],
    );
    check(
        r#"{"text": "no", "lead": "They left."}"#,
        "-",
        "text=lead,id=text",
        &["-: line 1 | no | - | They left."],
    );
}

#[test]
fn a_feed_may_say_at_its_end_that_it_is_one() {
    for (open, close) in [("{", "}"), ("{\n", "\n}\n")] {
        let items = format!(
            "\"items\": [{{\"id\": \"1\", \"content_text\": \"They left.{}\"}}]",
            " No.".repeat(2000)
        );
        let version = "\"title\": \"Wire\", \"version\": \"https://jsonfeed.org/version/1.1\"";
        let read = lines(format!("{open}{items}, {version}{close}").as_bytes(), "a.json", &Intake::default());
        assert!(read.len() == 1 && read[0].starts_with("a.json: entry 1 | 1 | - | They left."), "{read:?}");
    }
    check(
        "{\"id\": 1, \"text\": \"See jsonfeed.org/version/1.\"}",
        "-",
        "",
        &["-: line 1 | 1 | - | See jsonfeed.org/version/1."],
    );
}

#[test]
fn arrays_are_read_element_by_element() {
    check(
        "\u{feff}\n[\n {\"id\": 1, \"text\": \"a ], \\\" b\", \"x\": [{}, [1]]},\n 7, {\"id\": 2, \"text\": \"c\"} ]\n",
        "a.json",
        "",
        &[
            "a.json: document 1 | 1 | - | a ], \" b",
            "a.json: document 2 | not a document in JSON",
            "a.json: document 3 | 2 | - | c",
        ],
    );
    // One line of any length, as `json.dump` writes it.
    let many =
        "[".to_owned() + &"{\"id\": 1, \"text\": \"They left.\"}, ".repeat(400_000) + "{\"text\": \"a\"}]";
    assert_eq!(lines(many.as_bytes(), "a.json", &Intake::default()).len(), 400_001);
    check("\n\n{\"id\": 1, \"text\": \"a\"}\n", "-", "", &["-: line 3 | 1 | - | a"]);
    check("[]", "a.json", "", &["a.json | nothing to read: it is empty"]);
    check(
        "[{\"text\": \"a\"}, {\"te",
        "a.json",
        "",
        &[
            "a.json: document 1 | text-af63dc4c8601ec8c | - | a",
            "a.json: document 2 | not a document in JSON",
        ],
    );
}

fn field(name: &str, kind: Physical, logical: Option<LogicalType>) -> Arc<Type> {
    let field = Type::primitive_type_builder(name, kind).with_repetition(Repetition::OPTIONAL);
    Arc::new(field.with_logical_type(logical).build().unwrap())
}

/// Writes a table of an id, an empty column, a date, and a text; one row has no text.
pub(crate) fn parquet(compression: Compression) -> Vec<u8> {
    let fields = vec![
        field("story_id", Physical::INT64, None),
        field("other", Physical::INT32, None),
        field("date", Physical::INT32, Some(LogicalType::Date)),
        field("content", Physical::BYTE_ARRAY, Some(LogicalType::String)),
    ];
    let schema = Arc::new(Type::group_type_builder("schema").with_fields(fields).build().unwrap());
    let properties = Arc::new(WriterProperties::builder().set_compression(compression).build());
    let mut file = SerializedFileWriter::new(Vec::new(), schema, properties).unwrap();
    let mut rows = file.next_row_group().unwrap();
    let mut column = rows.next_column().unwrap().unwrap();
    column.typed::<Int64Type>().write_batch(&[7, 8], Some(&[1, 1]), None).unwrap();
    column.close().unwrap();
    let mut column = rows.next_column().unwrap().unwrap();
    column.typed::<Int32Type>().write_batch(&[], Some(&[0, 0]), None).unwrap();
    column.close().unwrap();
    let mut column = rows.next_column().unwrap().unwrap();
    column.typed::<Int32Type>().write_batch(&[20_516], Some(&[1, 0]), None).unwrap();
    column.close().unwrap();
    let mut column = rows.next_column().unwrap().unwrap();
    column.typed::<ByteArrayType>().write_batch(&["They left.".into()], Some(&[1, 0]), None).unwrap();
    column.close().unwrap();
    rows.close().unwrap();
    file.into_inner().unwrap()
}

#[test]
fn parquet_is_read_in_every_common_compression() {
    let folder = std::env::temp_dir().join(format!("casus-ingest-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let zstd = Compression::ZSTD(ZstdLevel::default());
    for compression in [Compression::UNCOMPRESSED, Compression::SNAPPY, zstd, Compression::LZ4_RAW] {
        let file = folder.join("a.parquet");
        fs::write(&file, parquet(compression)).unwrap();
        let mut read = Vec::new();
        path(&file, &Intake::default(), &mut |arrival| {
            read.push(crate::line(&arrival).replace(folder.to_str().unwrap(), ""));
            true
        });
        let expected = [
            "/a.parquet: row 1 | 7 | 2026-03-04 | They left.",
            "/a.parquet: row 2 | a document without words: nothing under \"text\"",
        ];
        assert_eq!(read, expected, "{compression:?}");
    }
    fs::remove_dir_all(&folder).unwrap();
}

/// Writes a table of a time in nanoseconds and a text, as pandas does.
fn parquet_of_pandas(times: &[i64]) -> Vec<u8> {
    let time = LogicalType::timestamp(false, TimeUnit::NANOS);
    let fields = vec![
        field("date", Physical::INT64, Some(time)),
        field("text", Physical::BYTE_ARRAY, Some(LogicalType::String)),
    ];
    let schema = Arc::new(Type::group_type_builder("schema").with_fields(fields).build().unwrap());
    let mut file = SerializedFileWriter::new(Vec::new(), schema, Arc::default()).unwrap();
    let mut rows = file.next_row_group().unwrap();
    let present = vec![1; times.len()];
    let mut column = rows.next_column().unwrap().unwrap();
    column.typed::<Int64Type>().write_batch(times, Some(&present), None).unwrap();
    column.close().unwrap();
    let mut column = rows.next_column().unwrap().unwrap();
    let words = vec!["They left.".into(); times.len()];
    column.typed::<ByteArrayType>().write_batch(&words, Some(&present), None).unwrap();
    column.close().unwrap();
    rows.close().unwrap();
    file.into_inner().unwrap()
}

#[test]
fn times_in_nanoseconds_are_days() {
    let file = std::env::temp_dir().join(format!("casus-ingest-nanos-{}.parquet", std::process::id()));
    // The second is of 1999 and has a digit less, the third is before 1970.
    let times = [1_772_667_000_000_000_000, 936_144_000_000_000_000, -1];
    fs::write(&file, parquet_of_pandas(&times)).unwrap();
    let mut days = Vec::new();
    path(&file, &Intake::default(), &mut |arrival| {
        days.push(arrival.document.unwrap().0.published.unwrap().to_string());
        true
    });
    fs::remove_file(&file).unwrap();
    assert_eq!(days, ["2026-03-04", "1999-09-01", "1969-12-31"]);
}

#[test]
fn parquet_needs_a_file() {
    check(parquet(Compression::SNAPPY), "-", "", &["- | Parquet cannot be read as a stream"]);
    let intake = Intake { format: Some(Format::Text), ..Intake::default() };
    assert_eq!(lines(b"{\"text\": 1}", "a", &intake), ["a | a | - | {\"text\": 1}"]);
}

#[test]
fn a_row_in_another_encoding_is_read_and_told() {
    let table = b"id,text\n1,The caf\xe9 is on the corner.\n2,It rains.\n";
    let mut problems = Vec::new();
    casus_ingest::read(&mut &table[..], "a.csv", &Intake::default(), &mut |arrival| {
        let (document, odd) = arrival.document.unwrap();
        let odd = odd.iter().filter(|problem| problem.code == "not-utf-8");
        problems.push((document.text, odd.map(|problem| problem.message.clone()).collect::<Vec<_>>()));
        true
    });
    let message = "in a cell, byte 7 is not UTF-8, so it was read as Windows-1252".to_owned();
    let expected =
        [("The café is on the corner.".to_owned(), vec![message]), ("It rains.".to_owned(), Vec::new())];
    assert_eq!(problems, expected);
}

#[test]
fn a_certain_row_tells_the_order_of_its_table() {
    check(
        "id,date,text\n1,2026-01-09,They left.\n2,03/02/2026,They came.\n3,,They stayed.\n4,13/02/2026,They won.\n5,04/02/2026,They lost.\n",
        "a.csv",
        "",
        &[
            "a.csv: row 1 | 1 | 2026-01-09 | They left.",
            "a.csv: row 2 | 2 | 2026-02-03 | They came.",
            "a.csv: row 3 | 3 | - | They stayed.",
            "a.csv: row 4 | 4 | 2026-02-13 | They won.",
            "a.csv: row 5 | 5 | 2026-02-04 | They lost.",
        ],
    );
    let table = "date,text\n03/02/2026,They came.\n02/13/2026,They won.\n";
    let day_of = |order: Option<casus_ingest::DayOrder>, table: &str| {
        let given = casus_ingest::Given { order, ..casus_ingest::Given::default() };
        let read = lines(table.as_bytes(), "a.csv", &Intake { given, ..Intake::default() });
        read[0].split(" | ").nth(2).unwrap().to_owned()
    };
    assert_eq!(day_of(None, table), "2026-03-02");
    // What is said wins; where nothing tells, there is no day.
    assert_eq!(day_of("dmy".parse().ok(), table), "2026-02-03");
    assert_eq!(day_of(None, "date,text\n03/02/2026,They came.\n"), "-");
    assert_eq!(
        day_of("mdy".parse().ok(), "{\"date\": \"03/02/2026\", \"text\": \"They came.\"}"),
        "2026-03-02"
    );
}

#[test]
fn excel_says_what_parts_the_cells() {
    check(
        "sep=;\r\nid;text\r\n1;They left, all.\r\n",
        "a.csv",
        "",
        &["a.csv: row 1 | 1 | - | They left, all."],
    );
    check("\u{feff}sep=;\nid;text\n1;They left.\n", "-", "", &["-: row 1 | 1 | - | They left."]);
    check("sep=;\rid;text\r1;They left.\r", "a.csv", "", &["a.csv: row 1 | 1 | - | They left."]);
}

#[test]
fn a_table_without_names_is_told() {
    let intake = Intake::default();
    let mut told = None;
    let table = "1,\"Gunmen killed five policemen in Arvan.\nThey left.\"\n";
    casus_ingest::read(&mut table.as_bytes(), "a.csv", &intake, &mut |arrival| {
        let error = arrival.document.unwrap_err();
        told = Some((error.to_string(), error.hint().unwrap()));
        true
    });
    let (message, hint) = told.unwrap();
    assert_eq!(
        message,
        "no column seems to hold the reports’ words: there are 1, Gunmen killed five policemen in Arvan. T…"
    );
    assert!(hint.starts_with("the first row seems to be a report"), "{hint}");
}
