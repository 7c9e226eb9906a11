//! Whatever a stranger sends, the Worker answers with one of the refusals that the address has, and never with a fault of
//! its own.
#![allow(clippy::unwrap_used, missing_docs)]

mod fixture;

use std::sync::LazyLock;

use edge::api::{Incoming, Todo, prepare};
use fixture::{Fixture, NOW, OFFICE};
use nearly::{bytes, text};
use proptest::prelude::*;
use protocol::{error::ErrorCode, routes::Route};

static FIXTURE: LazyLock<Fixture> = LazyLock::new(Fixture::new);
static SUBMISSION: LazyLock<Incoming> = LazyLock::new(|| FIXTURE.submit(&FIXTURE.submission()));
static MESSAGE: LazyLock<Vec<u8>> = LazyLock::new(|| {
    serde_json::to_vec(&FIXTURE.message("message-000000001", FIXTURE.envelope("请问"))).unwrap()
});
static PATHS: LazyLock<[String; 3]> = LazyLock::new(|| {
    let routes =
        [Route::Submit { office: OFFICE }, Route::Audit { office: OFFICE }, Route::Thread { lookup: "00" }];
    routes.map(|route| route.to_path())
});
const HOUSEHOLD: &str = r#"{"document":"yongshun-2023","on":"2026-11-20","household":{"facts":{"people":3,"income_12_months":3600000},"people":[{}]}}"#;

/// What comes of a request, as a status.
fn status(request: &Incoming) -> u16 {
    match prepare(&FIXTURE.settings, request, NOW) {
        Ok(Todo::Answer(reply)) => reply.status,
        Ok(_) => 200,
        Err(problem) => {
            assert!(problem.code != ErrorCode::Internal, "{problem:?}");
            problem.status
        }
    }
}

proptest! {
    #[test]
    fn any_body(body in bytes(vec![SUBMISSION.body.clone(), MESSAGE.clone(), HOUSEHOLD.as_bytes().to_vec()])) {
        for route in [Route::Submit { office: OFFICE }, Route::Assess {}, Route::Message { lookup: &FIXTURE.receipt.lookup }] {
            let request = Incoming { path: route.to_path(), body: body.clone(), ..SUBMISSION.clone() };
            prop_assert!(status(&request) < 500);
        }
    }

    #[test]
    fn any_address_and_header(
        path in text(&PATHS.each_ref().map(String::as_str)),
        query in text(&["from=1", "standing=all&after=1-2-3-4"]),
        header in text(&["Staff a.b.c", "Receipt 00"]),
        method in text(&["GET", "POST"]),
    ) {
        let request = Incoming { method, path, query, authorization: Some(header), ..Incoming::default() };
        prop_assert!(status(&request) < 500);
    }
}
