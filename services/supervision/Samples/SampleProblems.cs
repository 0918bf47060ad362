using Gengdu.ServiceDefaults;

namespace Gengdu.Supervision.Samples;

/// <summary>Refusals of sampled approval.</summary>
internal static class SampleProblems
{
    /// <summary>One list at a time: nobody draws until the result suits.</summary>
    public static readonly Problem StillOpen = new("SUP-0030", 409,
        new("该单位已有进行中的抽样", "A sample of this organisation is still open"),
        new("请先完成（审阅抽中的学校并通过其余）当前抽样，之后新上报的再另行抽样。", "Complete the present sample first: read what was drawn and approve the rest. What came in since can then be sampled."));

    /// <summary>Nothing that could be drawn.</summary>
    public static readonly Problem NothingWaits = new("SUP-0031", 409,
        new("没有可抽样的学校", "There is nothing to draw from"),
        new("该单位目前没有学校在此环节等待审核，或都已在另一次抽样之中。", "No school of this organisation waits at this step, or all are in another open sample."));

    /// <summary>The seed is the hash of an entry that is chained within a moment.</summary>
    public static readonly Problem NotChainedYet = new("SUP-0032", 409,
        new("抽样公告尚未写入审计链", "The announcement is not chained yet"),
        new("随机种子取自公告在审计链中的条目，通常在一秒内写入。请稍后再抽取。", "The seed is the hash of the announcement's audit entry, usually there within a second. Draw again in a moment."))
    { RetryAfter = TimeSpan.FromSeconds(1) };

    /// <summary>The order of a list is settled once.</summary>
    public static readonly Problem DrawnAlready = new("SUP-0033", 409,
        new("已抽取", "Drawn already"),
        new("每份名单只抽取一次，结果不可更改。", "A list is drawn once; the result stays."));

    /// <summary>Before the draw there is no sample to approve on.</summary>
    public static readonly Problem NotDrawn = new("SUP-0034", 409,
        new("尚未抽取", "Not drawn yet"),
        new("请先抽取样本并审阅抽中的学校。", "Draw the sample and read the schools that were drawn first."));

    /// <summary>The rest hangs on what was drawn.</summary>
    public static Problem NotAllRead(int waiting) => new("SUP-0035", 409,
        new("抽中的学校尚未全部审阅", "Not all that was drawn has been read"),
        new($"还有 {waiting} 所抽中的学校等待您通过或退回，之后才能通过其余学校。", $"{waiting} of the schools drawn still wait for your approval or return; the rest can be approved after that."));

    /// <summary>A sample is approved on once.</summary>
    public static readonly Problem ApprovedAlready = new("SUP-0036", 409,
        new("此次抽样已完结", "This sample is completed"),
        new("其余学校已凭此次抽样通过；之后新上报的请另行抽样。", "The rest was approved on it; what came in since needs a sample of its own."));
}
