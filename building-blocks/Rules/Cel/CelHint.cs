namespace Gengdu.Rules.Cel;

/// <summary>
/// What is known beforehand of a dynamic value, so that a misspelt member, column, option or grade is refused when a pack is read
/// and not met as an expression that is never true.
/// </summary>
internal sealed record CelHint
{
    /// <summary>Members of a map of known form.</summary>
    public CelShape? Members { get; init; }

    /// <summary>What is known of single members.</summary>
    public IReadOnlyDictionary<string, CelHint>? MemberHints { get; init; }

    /// <summary>The only texts the value can be.</summary>
    public IReadOnlyCollection<string>? Texts { get; init; }

    /// <summary>What is known of a list's elements or a matrix's entries.</summary>
    public CelHint? Entry { get; init; }

    /// <summary>What is known of a matrix's keys.</summary>
    public CelHint? Key { get; init; }

    public static CelHint? OneOf(IEnumerable<string>? texts) => texts is null ? null : new CelHint { Texts = [.. texts] };
}
