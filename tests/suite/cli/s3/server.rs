//! As much of S3 as the client of `object_store` uses, over a map in memory, on a port of this machine: GET with ranges and conditions, HEAD, PUT
//! with `If-None-Match`, DELETE, bulk delete, listing. No signatures, no multipart uploads: files of tests are smaller than one part.

mod fault;
mod request;

use fault::Answer;
pub(crate) use fault::Fault;
use request::{Reply, Request};
use std::collections::BTreeMap;
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A server with one bucket; lives as long as its process.
#[derive(Clone)]
pub(crate) struct Server {
    port: u16,
    bucket: Arc<Mutex<Bucket>>,
}

#[derive(Default)]
struct Bucket {
    objects: BTreeMap<String, Vec<u8>>,
    /// Part of a path, what goes wrong there, how often still.
    fault: Option<(String, Fault, u32)>,
    /// Part of a path, and an object that somebody else puts just before the first PUT there.
    competitor: Option<(String, String, Vec<u8>)>,
    /// The beginning of a request, and what happens before the first such is looked at.
    meanwhile: Option<(String, Hook)>,
    ignores_conditions: bool,
    /// Part of a prefix, and how what is below it is listed: as it was, so often still.
    behind: Option<(String, BTreeMap<String, Vec<u8>>, u32)>,
}

/// Something that happens once, while the server goes on.
type Hook = Box<dyn FnOnce() + Send>;

impl Server {
    pub(crate) fn start() -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("it is bound").port();
        let bucket = Arc::new(Mutex::new(Bucket::default()));
        let shared = Arc::clone(&bucket);
        std::thread::spawn(move || {
            for connection in listener.incoming().flatten() {
                let bucket = Arc::clone(&shared);
                std::thread::spawn(move || serve(connection, &bucket));
            }
        });
        Server { port, bucket }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    pub(crate) fn put(&self, key: &str, content: &str) {
        lock(&self.bucket).objects.insert(key.to_owned(), content.into());
    }

    pub(crate) fn remove(&self, key: &str) {
        lock(&self.bucket).objects.remove(key);
    }

    pub(crate) fn get(&self, key: &str) -> Vec<u8> {
        lock(&self.bucket).objects.get(key).unwrap_or_else(|| panic!("no {key}")).clone()
    }

    /// The keys with this prefix.
    pub(crate) fn keys(&self, prefix: &str) -> Vec<String> {
        lock(&self.bucket).objects.keys().filter(|key| key.starts_with(prefix)).cloned().collect()
    }

    /// The next `times` requests for places that contain `part` go wrong, of those that the fault is about.
    pub(crate) fn misbehave(&self, part: &str, fault: Fault, times: u32) {
        lock(&self.bucket).fault = Some((part.to_owned(), fault, times));
    }

    /// How often what goes wrong is still to go wrong.
    pub(crate) fn left(&self) -> u32 {
        let bucket = lock(&self.bucket);
        bucket.fault.as_ref().map_or(0, |(_, _, times)| *times) + bucket.behind.as_ref().map_or(0, |(_, _, times)| *times)
    }

    /// The next `times` listings of places that contain `part` tell what is there now, whatever comes and goes meanwhile.
    pub(crate) fn list_as_of_now(&self, part: &str, times: u32) {
        let mut bucket = lock(&self.bucket);
        bucket.behind = Some((part.to_owned(), bucket.objects.clone(), times));
    }

    /// Just before the first PUT to a place that contains `part`, somebody else puts `content` to `key`.
    pub(crate) fn before(&self, part: &str, key: &str, content: &str) {
        lock(&self.bucket).competitor = Some((part.to_owned(), key.to_owned(), content.into()));
    }

    /// Before the first request that begins with `request` (`PUT key`) is looked at, `other` happens, for which the server is there as always.
    pub(crate) fn meanwhile(&self, request: &str, other: impl FnOnce() + Send + 'static) {
        lock(&self.bucket).meanwhile = Some((request.to_owned(), Box::new(other)));
    }

    /// Whether nothing is left that is to happen before a request.
    pub(crate) fn has_happened(&self) -> bool {
        lock(&self.bucket).meanwhile.is_none()
    }

    /// From now on, puts overwrite whatever they were asked.
    pub(crate) fn ignore_conditions(&self) {
        lock(&self.bucket).ignores_conditions = true;
    }
}

fn lock(bucket: &Mutex<Bucket>) -> MutexGuard<'_, Bucket> {
    bucket.lock().unwrap_or_else(PoisonError::into_inner)
}

fn serve(connection: TcpStream, bucket: &Mutex<Bucket>) {
    let mut connection = std::io::BufReader::new(connection);
    while let Some(request) = Request::read(&mut connection) {
        let hook = lock(bucket).meanwhile.take_if(|(what, _)| format!("{} {}", request.method, request.key).starts_with(what.as_str()));
        if let Some((_, happens)) = hook {
            happens();
        }
        let answer = lock(bucket).handle(&request);
        if !answer.send(connection.get_mut(), request.method == "HEAD") {
            return;
        }
    }
}

impl Bucket {
    fn handle(&mut self, request: &Request) -> Answer {
        if request.method == "PUT"
            && let Some((_, key, content)) = self.competitor.take_if(|(part, ..)| request.key.contains(part.as_str()))
        {
            self.objects.insert(key, content);
        }
        match self.fault_of(request) {
            None => Answer::Reply(self.done(request)),
            Some(fault) => fault.answer(|| self.done(request)),
        }
    }

    fn fault_of(&mut self, request: &Request) -> Option<Fault> {
        let (part, fault, times) = self.fault.as_mut()?;
        let place = if request.key.is_empty() { request.query("prefix") } else { request.key.clone() };
        if !place.contains(part.as_str()) || !fault.concerns(request) || *times == 0 {
            return None;
        }
        *times -= 1;
        Some(*fault)
    }

    fn done(&mut self, request: &Request) -> Reply {
        match (request.method.as_str(), request.key.is_empty()) {
            ("GET", true) => self.list(request),
            ("POST", true) => self.delete_all(request),
            ("GET" | "HEAD", false) => self.read(request),
            ("PUT", false) => self.write(request),
            ("DELETE", false) => {
                self.objects.remove(&request.key);
                Reply::new(204)
            }
            _ => Reply::error(501, "NotImplemented"),
        }
    }

    fn write(&mut self, request: &Request) -> Reply {
        let only_new = request.header("if-none-match") == Some("*") && !self.ignores_conditions;
        if only_new && self.objects.contains_key(&request.key) {
            return Reply::error(412, "PreconditionFailed");
        }
        self.objects.insert(request.key.clone(), request.body.clone());
        Reply::new(200).header("ETag", &etag(&request.body))
    }

    fn read(&self, request: &Request) -> Reply {
        let Some(content) = self.objects.get(&request.key) else {
            return Reply::error(404, "NoSuchKey");
        };
        if request.header("if-match").is_some_and(|wanted| wanted != etag(content)) {
            return Reply::error(412, "PreconditionFailed");
        }
        let reply = match request.range(content.len()) {
            Some(range) => Reply::new(206)
                .header("Content-Range", &format!("bytes {}-{}/{}", range.start, range.end - 1, content.len()))
                .body(&content[range]),
            None => Reply::new(200).body(content),
        };
        reply.header("ETag", &etag(content)).header("Last-Modified", MODIFIED_HEADER)
    }

    /// ListObjectsV2, all in one page.
    fn list(&mut self, request: &Request) -> Reply {
        let behind = self.behind.as_mut().filter(|(part, _, times)| *times > 0 && request.query("prefix").contains(part.as_str()));
        let objects = match behind {
            Some((_, objects, times)) => {
                *times -= 1;
                &*objects
            }
            None => &self.objects,
        };
        let (prefix, delimiter, after) = (request.query("prefix"), request.query("delimiter"), request.query("start-after"));
        let mut folders = Vec::new();
        let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?><ListBucketResult><IsTruncated>false</IsTruncated>");
        for (key, content) in objects.iter().filter(|(key, _)| key.starts_with(&prefix) && **key > after) {
            let rest = &key[prefix.len()..];
            match rest.find('/').filter(|_| !delimiter.is_empty()) {
                Some(end) => folders.push(format!("{prefix}{}", &rest[..=end])),
                None => out.push_str(&format!(
                    "<Contents><Key>{key}</Key><LastModified>{MODIFIED}</LastModified><ETag>{}</ETag><Size>{}</Size></Contents>",
                    etag(content).replace('"', "&quot;"),
                    content.len()
                )),
            }
        }
        folders.dedup();
        for folder in folders {
            out.push_str(&format!("<CommonPrefixes><Prefix>{folder}</Prefix></CommonPrefixes>"));
        }
        out.push_str("</ListBucketResult>");
        Reply::new(200).header("Content-Type", "application/xml").body(out.as_bytes())
    }

    fn delete_all(&mut self, request: &Request) -> Reply {
        let text = String::from_utf8_lossy(&request.body).into_owned();
        let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?><DeleteResult>");
        for key in text.split("<Key>").skip(1).filter_map(|rest| rest.split("</Key>").next()) {
            self.objects.remove(key);
            out.push_str(&format!("<Deleted><Key>{key}</Key></Deleted>"));
        }
        out.push_str("</DeleteResult>");
        Reply::new(200).header("Content-Type", "application/xml").body(out.as_bytes())
    }
}

/// All objects are of one age: what changes with their content is the tag.
const MODIFIED: &str = "2026-01-01T00:00:00.000Z";
const MODIFIED_HEADER: &str = "Thu, 01 Jan 2026 00:00:00 GMT";

/// A tag that follows from the content.
fn etag(content: &[u8]) -> String {
    let hash = content.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3));
    format!("\"{hash:016x}\"")
}
