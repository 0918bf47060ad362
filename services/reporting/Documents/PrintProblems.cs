using Gengdu.Printing;
using Gengdu.ServiceDefaults;

namespace Gengdu.Reporting.Documents;

/// <summary>Why there is no PDF: RPT-0262 to RPT-0266. Nothing that was reported or signed depends on one.</summary>
internal static class PrintProblems
{
    public static readonly Problem Busy = new("RPT-0262", 503,
        new("正在生成的文件较多", "Many documents are being made"),
        new("PDF 正在排队，请稍候再下载；上报和回执不受影响。", "PDF files are made one after the other. Try again in a moment; reports and receipts are not affected."))
    { RetryAfter = TimeSpan.FromSeconds(10) };

    public static readonly Problem NoBrowser = new("RPT-0263", 503,
        new("本系统尚不能生成 PDF", "This installation cannot make PDF files"),
        new("服务器没有安装 Chromium。请告知管理员；在此之前可在回执页使用浏览器的“打印”。", "There is no Chromium on the server. Tell the administrator; until then print the page of receipts with the browser."));

    public static readonly Problem NoChineseFont = new("RPT-0264", 503,
        new("本系统尚不能生成中文 PDF", "This installation cannot print Chinese"),
        new("服务器没有中文字体（例如 fonts-noto-cjk）。请告知管理员；在此之前可在回执页使用浏览器的“打印”。",
            "There is no Chinese font on the server (such as fonts-noto-cjk). Tell the administrator; until then print the page of receipts with the browser."));

    public static readonly Problem Failed = new("RPT-0265", 503,
        new("PDF 没有生成", "The PDF was not made"),
        new("生成超时或失败，上报和回执不受影响。请稍后重试；若持续出现，请告知管理员。", "It took too long or failed; reports and receipts are not affected. Try again later, and tell the administrator if it goes on."))
    { RetryAfter = TimeSpan.FromSeconds(30) };

    public static readonly Problem NothingSigned = new("RPT-0266", 409,
        new("还没有签署的内容", "Nothing has been signed yet"),
        new("本单位在这个周期还没有提交任何模块。签署提交后才有可下载的报告。", "The organisation has not submitted any module in this cycle. There is a document once something is signed."));

    public static readonly Problem UnknownLanguage = new("RPT-0267", 400,
        new("没有这种语言", "There is no such language"),
        new("language 只能是 zh 或 en。", "language is zh or en."));

    public static Problem Of(PrintFault fault) => fault switch
    {
        PrintFault.Busy => Busy,
        PrintFault.NoBrowser => NoBrowser,
        PrintFault.NoChineseFont => NoChineseFont,
        _ => Failed,
    };
}
