using MassTransit;

namespace Gengdu.Contracts.Reporting.V1;

/// <summary>A version of a programme became usable. The version is immutable: same key and version, same content hash.</summary>
[MessageUrn("event:gengdu-reporting-v1-programme-published")]
[EntityName("gengdu.reporting.v1.programme-published")]
public sealed record ProgrammePublished
{
    /// <summary>Programme key, e.g. "labor-education".</summary>
    public required string ProgrammeKey { get; init; }

    /// <summary>Version of the pack, e.g. "2026.1".</summary>
    public required string ProgrammeVersion { get; init; }

    /// <summary>SHA-256 of <see cref="Bundle"/>, lower-case hex.</summary>
    public required string ContentHash { get; init; }

    /// <summary>The pack as one JSON document {programme, modules, indicators}, UTF-8.</summary>
    public required string Bundle { get; init; }
}
