namespace Gengdu.Reporting.Programmes;

/// <summary>One published version of a programme. Immutable: the same key and version always mean the same content.</summary>
internal sealed class ProgrammeVersion
{
    public required string Key { get; init; }

    public required string Version { get; init; }

    /// <summary>SHA-256 of <see cref="Bundle"/>, lower-case hex; also the ETag.</summary>
    public required string ContentHash { get; init; }

    /// <summary>The pack as one JSON document, kept as text so that its hash stays checkable.</summary>
    public required string Bundle { get; init; }

    public required string NameZh { get; init; }

    public required string NameEn { get; init; }

    public required DateTimeOffset PublishedAt { get; init; }
}
