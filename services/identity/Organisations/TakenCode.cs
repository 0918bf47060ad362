namespace Gengdu.Identity.Organisations;

/// <summary>
/// A school code that was given once and never again, whoever carried it. Its own table, because the rule reaches beyond
/// what an administrator may see; the row says nothing but that the code is gone.
/// </summary>
internal sealed class TakenCode
{
    public required string Code { get; init; }

    public required DateTimeOffset TakenAt { get; init; }
}
