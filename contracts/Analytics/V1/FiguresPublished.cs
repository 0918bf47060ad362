using MassTransit;

namespace Gengdu.Contracts.Analytics.V1;

/// <summary>The province said its figures of a cycle to the world: they are copied and stay as they are, whatever is corrected later. A correction makes another number.</summary>
[MessageUrn("event:gengdu-analytics-v1-figures-published")]
[EntityName("gengdu.analytics.v1.figures-published")]
public sealed record FiguresPublished
{
    /// <summary>The cycle.</summary>
    public required Guid CycleId { get; init; }

    /// <summary>1, 2, … within the cycle without gaps; the highest is the one in force.</summary>
    public required int Number { get; init; }

    /// <summary>Programme key.</summary>
    public required string ProgrammeKey { get; init; }

    /// <summary>Version of the programme the figures were made with.</summary>
    public required string ProgrammeVersion { get; init; }

    /// <summary>Version of the formulas.</summary>
    public required string FormulaVersion { get; init; }

    /// <summary>The cycle was closed and all that was submitted was accepted; else the publication is called provisional.</summary>
    public required bool Final { get; init; }

    /// <summary>Module reports owed in the province then.</summary>
    public required int Due { get; init; }

    /// <summary>Of them submitted.</summary>
    public required int Submitted { get; init; }

    /// <summary>Of them accepted by the province.</summary>
    public required int Accepted { get; init; }

    /// <summary>Figures that were copied: one a place and indicator.</summary>
    public required int Figures { get; init; }

    /// <summary>SHA-256 of the file that everybody may fetch, hexadecimal.</summary>
    public string? OpenHash { get; init; }

    /// <summary>The cycle's name.</summary>
    public string? CycleZh { get; init; }

    /// <summary>The cycle's name in English.</summary>
    public string? CycleEn { get; init; }

    /// <summary>Person who published.</summary>
    public required Guid PublishedBy { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset PublishedAt { get; init; }
}
