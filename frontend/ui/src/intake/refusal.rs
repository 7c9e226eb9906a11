//! Why a file is not taken.

use thiserror::Error;

/// Why a file is not taken. `Display` is a sentence for the person, with what to do instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    /// No byte in it.
    #[error("这个文件是空的，里面什么都没有。请重新拍一张，或者换一个文件。")]
    Empty,
    /// Beyond what is opened.
    #[error("这个文件太大了，超过 60 MB。请重新拍一张照片；是 PDF 的，请分成几份，每份不超过 7 MB。")]
    Huge,
    /// A PDF beyond what is sent.
    #[error("这份 PDF 太大了，最大 7 MB。请分成几份，或者把每一页拍成照片；照片再大也会自动缩小。")]
    LargePdf,
    /// It went away, or the browser may not read it.
    #[error("这个文件读不出来，可能已经被移走或者删掉了。请再选一次。")]
    Unread,
    /// A picture that stops in the middle, or is none.
    #[error("这张照片坏了或者没有存完整，打不开。请重新拍一张；是别人发来的，请他再发一次。")]
    Damaged,
    /// HEIC where the browser does not show it.
    #[error(
        "这是 HEIC 格式的照片，这个浏览器打不开。请用“拍照”直接拍；或者在手机设置的“相机—格式”里选“兼容性最佳”再拍；或者把它截一张图，选截图。"
    )]
    Heic,
    /// More pixels than a phone can hold.
    #[error("这张照片的像素太多（超过 8000 万），手机内存装不下。请用相机的普通模式重新拍一张。")]
    TooManyPixels,
    /// A locked PDF.
    #[error("这份 PDF 加了密码，受理单位打不开。请先去掉密码再选；或者打开它，把每一页拍成照片或截图。")]
    LockedPdf,
    /// A PDF where it could tell who made it.
    #[error(
        "这是 PDF，这里不收：里面记着的作者、时间、软件去不干净，可能让人认出您。请把要紧的那一页截图或者拍成照片再选。"
    )]
    PdfTells,
    /// A PDF that stops in the middle.
    #[error("这份 PDF 坏了或者没有下载完整。请重新下载，或者换成照片。")]
    DamagedPdf,
    /// A film.
    #[error("这是视频，这里不收。请把要紧的画面拍成照片或截图再选。")]
    Video,
    /// A recording.
    #[error("这是录音，这里不收。请把要紧的话写在说明里。")]
    Audio,
    /// Word, Excel and the like.
    #[error("这是 Word、Excel 一类的文件，这里不收。请在电脑上“另存为 PDF”再选，或者打印出来拍成照片。")]
    Office,
    /// ZIP, RAR and the like.
    #[error("这是压缩包，这里不收。请先解压，再选里面的照片或 PDF。")]
    Archive,
    /// Anything else.
    #[error("这个文件不是照片，也不是 PDF，这里不收。请换成照片、截图或 PDF。")]
    Other,
    /// The browser draws nothing.
    #[error(
        "这个浏览器处理不了照片，或者手机内存不够。请关掉别的程序再试，或者换一个浏览器；也可以把材料带到窗口。"
    )]
    CannotDraw,
}
