//! HTTP/1.1 as one client speaks it: requests with a known length in, replies out.

use std::collections::BTreeMap;
use std::io::{self, BufRead, Write};
use std::ops::Range;

/// What was asked.
pub(super) struct Request {
    pub(super) method: String,
    /// The path behind the bucket, decoded; empty for the bucket itself.
    pub(super) key: String,
    query: BTreeMap<String, String>,
    headers: BTreeMap<String, String>,
    pub(super) body: Vec<u8>,
}

impl Request {
    /// The next request; `None` at the end of the connection.
    pub(super) fn read(connection: &mut impl BufRead) -> Option<Request> {
        let mut line = String::new();
        connection.read_line(&mut line).ok().filter(|length| *length > 0)?;
        let mut words = line.split(' ');
        let (method, target) = (words.next()?.to_owned(), words.next()?.to_owned());
        let mut headers = BTreeMap::new();
        loop {
            let mut line = String::new();
            connection.read_line(&mut line).ok()?;
            match line.trim_end().split_once(':') {
                Some((name, value)) => headers.insert(name.to_ascii_lowercase(), value.trim().to_owned()),
                None => break,
            };
        }
        let length: usize = headers.get("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
        let mut body = vec![0; length];
        connection.read_exact(&mut body).ok()?;
        let (path, query) = target.split_once('?').unwrap_or((&target, ""));
        let key = path.trim_start_matches('/').split_once('/').map(|(_, key)| decoded(key)).unwrap_or_default();
        let pair =
            |pair: &str| pair.split_once('=').map_or((pair.to_owned(), String::new()), |(name, value)| (name.to_owned(), decoded(value)));
        let query = query.split('&').map(pair).collect();
        Some(Request { method, key, query, headers, body })
    }

    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(String::as_str)
    }

    /// A parameter of the query; empty where there is none.
    pub(super) fn query(&self, name: &str) -> String {
        self.query.get(name).cloned().unwrap_or_default()
    }

    /// The bytes that are wanted of an object of this length; `None` for all.
    pub(super) fn range(&self, length: usize) -> Option<Range<usize>> {
        let (start, end) = self.header("range")?.strip_prefix("bytes=")?.split_once('-')?;
        match (start.parse::<usize>(), end.parse::<usize>()) {
            (Ok(start), Ok(end)) => Some(start..(end + 1).min(length)),
            (Ok(start), Err(_)) => Some(start..length),
            (Err(_), Ok(last)) => Some(length.saturating_sub(last)..length),
            (Err(_), Err(_)) => None,
        }
    }
}

/// Without percent signs.
fn decoded(text: &str) -> String {
    let mut out = Vec::new();
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        let mut digit = || bytes.next().and_then(|byte| char::from(byte).to_digit(16)).unwrap_or(0);
        out.push(match byte {
            b'%' => (digit() * 16 + digit()) as u8,
            b'+' => b' ',
            other => other,
        });
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// What is answered.
pub(super) struct Reply {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Reply {
    pub(super) fn new(status: u16) -> Reply {
        Reply { status, headers: Vec::new(), body: Vec::new() }
    }

    /// An error as S3 words it.
    pub(super) fn error(status: u16, code: &str) -> Reply {
        let body = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>{code}</Code><Message>{code}</Message></Error>");
        Reply::new(status).header("Content-Type", "application/xml").body(body.as_bytes())
    }

    pub(super) fn header(mut self, name: &str, value: &str) -> Reply {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(super) fn body(mut self, body: &[u8]) -> Reply {
        self.body = body.to_vec();
        self
    }

    /// The same with half of its body.
    pub(super) fn cut(mut self) -> Reply {
        self.body.truncate(self.body.len() / 2);
        self
    }

    /// Sends everything but the second half of the body.
    pub(super) fn write_half(&self, out: &mut impl Write) -> io::Result<()> {
        let mut bytes = self.head().into_bytes();
        bytes.extend_from_slice(&self.body[..self.body.len() / 2]);
        out.write_all(&bytes)?;
        out.flush()
    }

    /// Sends it; of an answer to HEAD everything but the body.
    pub(super) fn write(&self, out: &mut impl Write, head: bool) -> io::Result<()> {
        let mut bytes = self.head().into_bytes();
        if !head {
            bytes.extend_from_slice(&self.body);
        }
        out.write_all(&bytes)?;
        out.flush()
    }

    fn head(&self) -> String {
        let mut text = format!("HTTP/1.1 {} Answer\r\nContent-Length: {}\r\n", self.status, self.body.len());
        for (name, value) in &self.headers {
            text.push_str(&format!("{name}: {value}\r\n"));
        }
        text.push_str("\r\n");
        text
    }
}
