using Gengdu.Printing;
using Gengdu.ServiceDefaults;

namespace Gengdu.Analytics.Exports;

/// <summary>Refusals about files: ANA-0040 to ANA-0048.</summary>
internal static class ExportProblems
{
    public static readonly Problem UnknownKind = new("ANA-0040", 422,
        new("没有这种导出", "There is no such export"),
        new("可导出：summary（xlsx、pdf）、missing（xlsx、csv）、chart（pdf）、values（csv）、bulletin（pdf、docx）；语言为 zh 或 en。", "There are summary (xlsx, pdf), missing (xlsx, csv), chart (pdf), values (csv) and bulletin (pdf, docx), in zh or en."));

    public static readonly Problem TooMany = new("ANA-0041", 429,
        new("您正在导出的文件过多", "You are making too many files at once"),
        new("请等前面的文件生成完毕，或取消其中一个，再导出。", "Wait until one of them is made, or cancel one, then ask again."))
    { RetryAfter = TimeSpan.FromSeconds(20) };

    public static readonly Problem TooManyKept = new("ANA-0042", 409,
        new("您保存的导出文件已满", "You keep too many files"),
        new("请先在“导出文件”中删除不再需要的文件；到期的文件会自动删除。", "Remove files you no longer need under “Files”; files that expire are removed by themselves."));

    public static readonly Problem NotMade = new("ANA-0043", 409,
        new("文件尚未生成", "The file has not been made"),
        new("文件仍在生成，或已取消、失败。请查看进度，必要时重新导出。", "It is still being made, or was cancelled or failed. Look at its progress, and ask again if need be."));

    public static readonly Problem Lost = new("ANA-0044", 410,
        new("文件已不存在", "The file is gone"),
        new("数据库重启时未保留此文件，请重新导出。数据没有丢失。", "It was not kept when the database was started again. Ask for it again; no figure is lost."));

    public static readonly Problem PrintBusy = new("ANA-0045", 503,
        new("正在生成的文件较多", "Many documents are being made"),
        new("PDF 逐个生成，请稍候重试；也可改用 Word 或 Excel。", "PDF files are made one after the other. Try again in a moment, or take Word or Excel."))
    { RetryAfter = TimeSpan.FromSeconds(10) };

    public static readonly Problem NoBrowser = new("ANA-0046", 503,
        new("本系统尚不能生成 PDF", "This installation cannot make PDF files"),
        new("服务器没有安装 Chromium 或中文字体。请告知管理员；在此之前可改用 Word 或 Excel。", "There is no Chromium or no Chinese font on the server. Tell the administrator; until then take Word or Excel."));

    public static readonly Problem Failed = new("ANA-0047", 503,
        new("文件没有生成", "The file was not made"),
        new("生成超时或失败，请重新导出；若持续出现，请告知管理员。", "It took too long or failed. Ask again, and tell the administrator if it goes on."))
    { RetryAfter = TimeSpan.FromSeconds(30) };

    public static readonly Problem NoNumber = new("ANA-0048", 422,
        new("文号不能使用", "This number cannot be used"),
        new("只有通报带文号；文号为一行文字，最多 60 个字。", "Only a bulletin bears a number, of one line and 60 characters at most."))
    { Errors = [new("number", "text", new("请改短、去掉换行，或留空。", "Make it shorter, without a line break, or leave it empty."))] };

    public static Problem Of(PrintFault fault) => fault switch
    {
        PrintFault.Busy => PrintBusy,
        PrintFault.NoBrowser or PrintFault.NoChineseFont => NoBrowser,
        _ => Failed,
    };
}
