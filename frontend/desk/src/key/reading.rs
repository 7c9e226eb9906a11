//! From a chosen file to a key held by the worker.

use policies::rulebook;
use protocol::desk::Role;
use wasm_bindgen_futures::JsFuture;

use crate::session::{Officer, Refused};
use sealer::ops::Failure;
use ui::sealing::{Sealer, SealerError};

/// A key file is a few lines of text; anything larger is another file.
const LARGEST: f64 = 16_384.0;

/// Reads a file, hands its text to the worker with the passphrase it may be locked with, and says whose key it is.
///
/// # Errors
/// A sentence that says what is wrong with the file and what to do.
pub(crate) async fn read(
    file: &web_sys::File,
    passphrase: String,
    sealer: &Sealer,
) -> Result<Officer, Refused> {
    if file.size() > LARGEST {
        let words = "这个文件太大，不是密钥文件。密钥文件只有几行文字，由单位管理员发放。";
        return Err(Refused::File(words.to_owned()));
    }
    let text = JsFuture::from(file.text()).await.ok().and_then(|text| text.as_string()).ok_or_else(|| {
        Refused::File("文件没有读出来。请重新选择；如果文件在 U 盘上，请确认 U 盘没有拔出。".to_owned())
    })?;
    let key = sealer.load_key_file(text, passphrase).await.map_err(refused)?;
    let role = Role::from_id(&key.role).ok_or_else(|| {
        Refused::File(format!("密钥文件里的角色“{}”无法识别。请向单位管理员换领。", key.role))
    })?;
    if rulebook().document(&key.office).is_none() {
        return Err(Refused::File(format!(
            "这把钥匙属于“{}”，本系统没有这个单位的文件。请确认选对了密钥文件。",
            key.office
        )));
    }
    Ok(Officer { office: key.office, role, kid: key.kid, recipient: key.recipient })
}

fn refused(error: SealerError) -> Refused {
    match error {
        SealerError::Refused(why @ (Failure::LockedKeyFile | Failure::WrongPassphrase)) => {
            Refused::Locked(why.message())
        }
        other => Refused::File(other.to_string()),
    }
}
