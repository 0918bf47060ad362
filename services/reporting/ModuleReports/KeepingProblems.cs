using Gengdu.ServiceDefaults;

namespace Gengdu.Reporting.ModuleReports;

/// <summary>Refusals of autosave: RPT-022x.</summary>
internal static class KeepingProblems
{
    public static readonly Problem KeyUnfit = new("RPT-0220", 400,
        new("保存批次的幂等键不合规", "The key of the saved batch does not fit"),
        new("Idempotency-Key 请求头应为 8 至 100 个可见字符；重试时使用同一个值。", "An Idempotency-Key header has 8 to 100 visible characters, and the same ones when you try again."));

    public static readonly Problem KeyReused = new("RPT-0221", 422,
        new("幂等键已用于另一批修改", "The key was used for another batch"),
        new("同一个 Idempotency-Key 只能用于同一批修改；本次修改没有保存。请换一个新的值。", "One Idempotency-Key belongs to one batch of changes; nothing of this one was stored. Use a new key."));
}
