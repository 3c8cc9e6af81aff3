//! How a server of S3 misbehaves: which requests go wrong, and what is done and answered instead. Knows nothing of what objects there are.

use super::request::{Reply, Request};
use std::io::{Read, Write};

/// How a request goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Done, and answered as if it had failed.
    StoreThen500,
    /// Done, and the connection is closed without an answer.
    StoreThenDrop,
    /// Done, and answered with a conflict.
    StoreThen409,
    /// Done, and never answered.
    StoreThenHang,
    /// Not done.
    Answer503,
    /// Not done, and nobody knows why.
    Answer500,
    /// Not done, and told as if the object had been there.
    Answer412,
    /// Not done: a conflict of conditional requests, which the client may repeat.
    Answer409,
    /// Not done: no permission.
    Answer403,
    /// Not done, and no answer.
    Drop,
    /// Not done, and never answered.
    Hang,
    /// A read that is never answered.
    ReadHangs,
    /// A read of which half comes, and then the connection is closed.
    ReadBreaksOff,
    /// A read that is answered with half of what is there, as if that were all: somebody in between cuts.
    ReadIsCut,
}

/// What becomes of a request.
pub(super) enum Answer {
    Reply(Reply),
    /// The beginning of it, then the connection is closed.
    Half(Reply),
    /// The connection is closed.
    Nothing,
    /// The connection stays, and nothing comes until the client gives up.
    Silence,
}

impl Fault {
    /// Whether it is about requests like this: those that write, those that read an object, or any where access is refused.
    pub(super) fn concerns(self, request: &Request) -> bool {
        match self {
            Fault::Answer403 => true,
            Fault::ReadHangs | Fault::ReadBreaksOff | Fault::ReadIsCut => request.method == "GET" && !request.key.is_empty(),
            _ => request.method == "PUT",
        }
    }

    /// What is answered; `done` does what was asked.
    pub(super) fn answer(self, done: impl FnOnce() -> Reply) -> Answer {
        let error = |status, code| Answer::Reply(Reply::error(status, code));
        match self {
            Fault::StoreThen500 => {
                done();
                error(500, "InternalError")
            }
            Fault::StoreThen409 => {
                done();
                error(409, "ConditionalRequestConflict")
            }
            Fault::StoreThenDrop => {
                done();
                Answer::Nothing
            }
            Fault::StoreThenHang => {
                done();
                Answer::Silence
            }
            Fault::Answer503 => error(503, "SlowDown"),
            Fault::Answer500 => error(500, "InternalError"),
            Fault::Answer412 => error(412, "PreconditionFailed"),
            Fault::Answer409 => error(409, "ConditionalRequestConflict"),
            Fault::Answer403 => error(403, "AccessDenied"),
            Fault::Drop => Answer::Nothing,
            Fault::Hang | Fault::ReadHangs => Answer::Silence,
            Fault::ReadBreaksOff => Answer::Half(done()),
            Fault::ReadIsCut => Answer::Reply(done().cut()),
        }
    }
}

impl Answer {
    /// Sends it; whether the connection goes on.
    pub(super) fn send(&self, connection: &mut (impl Read + Write), head: bool) -> bool {
        match self {
            Answer::Reply(reply) => reply.write(connection, head).is_ok(),
            Answer::Half(reply) => {
                // The client is told by the end of the connection, whether or not this arrives.
                let _ = reply.write_half(connection);
                false
            }
            Answer::Nothing => false,
            Answer::Silence => {
                // Ends when the client closes the connection.
                let _ = connection.read(&mut [0]);
                false
            }
        }
    }
}
