using Gengdu.ServiceDefaults;

namespace Gengdu.Analytics.Feed;

/// <summary>Refusals of the data feed and of its keys: ANA-0080 to ANA-0089.</summary>
internal static class FeedProblems
{
    public static readonly Problem KeyRefused = new("ANA-0080", 401,
        new("数据接口密钥无效", "The data feed's key is not valid"),
        new("用户名或密钥不正确，或密钥已到期、已删除、已随登录结束而失效。请在“数据接口”页面查看或新建密钥。", "User name or key are wrong, or the key has expired, was removed or ended with your sign-ins. See the page “Data feed”, and make a new one there."));

    public static Problem TooManyKeys(int most) => new("ANA-0081", 409,
        new("密钥过多", "There are too many keys"),
        new($"每人最多 {most} 个密钥，包括已到期的。请先删除不用的。", $"Each person has up to {most} keys, those that expired included. Remove one first."));

    public static readonly Problem SignInJustEnded = new("ANA-0082", 409,
        new("您的登录刚刚被结束，暂不能新建密钥", "Your sign-ins were ended just now: no key can be made yet"),
        new("请重新登录后再新建；如只结束了其他设备的登录，请五分钟后再试。", "Sign in again, then make it. If you ended the sign-ins of other devices alone, wait five minutes."));

    public static Problem NotUnderstood(string why) => new("ANA-0083", 400,
        new("查询选项无法识别", "A query option cannot be read"),
        new($"请对照 $metadata 检查属性名与写法。原因：{why}", $"Compare names and spelling with $metadata. The reason: {why}"));

    public static Problem NotSupported(string what, string instead) => new("ANA-0084", 501,
        new("数据接口不支持此查询", "The data feed does not support this"),
        new($"不支持：{what}。可用：{instead}。请在 Excel 或 Power BI 中完成其余处理。", $"Not supported: {what}. There are: {instead}. Do the rest in Excel or Power BI."));

    public static readonly Problem UnknownSet = new("ANA-0085", 404,
        new("没有这个数据集", "There is no such entity set"),
        new("数据集见 /api/analytics/feed 与 $metadata。", "The entity sets are listed by /api/analytics/feed and $metadata."));

    public static readonly Problem PageUnknown = new("ANA-0086", 400,
        new("续页地址无效", "This is no page of the feed"),
        new("$skiptoken 只能来自上一页的 @odata.nextLink，且须用于同一数据集。请从第一页重新读取。", "A $skiptoken comes from the @odata.nextLink of the page before, of the same entity set. Begin with the first page again."));

    public static Problem RowsUsedUp(int most, TimeSpan wait) => new("ANA-0087", 429,
        new("今日行数已用完", "Today's rows are used up"),
        new($"每个密钥每天最多读取 {most} 行，零点（北京时间）后恢复。请用 $filter 或 $select 缩小范围，并减少刷新次数。", $"A key fetches up to {most} rows a day; it goes on after midnight (China time). Narrow it by $filter, and refresh less often."))
    { RetryAfter = wait };

    public static readonly Problem TooManyAtOnce = new("ANA-0088", 429,
        new("同时进行的读取过多", "Too many answers are being made at once"),
        new("请稍候重试；同一密钥请勿在多个文件中同时刷新。", "Try again shortly, and do not refresh several files with one key at the same moment."))
    { RetryAfter = TimeSpan.FromSeconds(5) };
}
