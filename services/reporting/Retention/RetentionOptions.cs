using System.ComponentModel.DataAnnotations;

namespace Gengdu.Reporting.Retention;

/// <summary>How long what is kept (docs/privacy.md).</summary>
internal sealed record RetentionOptions
{
    public const string Section = "Retention";

    /// <summary>Personal and sensitive values are erased this many years after their cycle was closed. Figures and receipts stay.</summary>
    [Range(1, 30)]
    public int PersonalYears { get; init; } = 3;

    /// <summary>Module reports in one transaction.</summary>
    [Range(1, 2000)]
    public int BatchSize { get; init; } = 200;
}
