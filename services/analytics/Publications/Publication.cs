using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gengdu.Analytics.Publications;

/// <summary>The province's figures of a cycle as they were said to the world at one moment. Later corrections make another publication and never change this one.</summary>
internal sealed class Publication
{
    public required Guid CycleId { get; init; }

    /// <summary>1, 2, … within the cycle.</summary>
    public required int Number { get; init; }

    public required DateTimeOffset PublishedAt { get; init; }

    public required Guid PublishedBy { get; init; }

    public required string ProgrammeVersion { get; init; }

    public required string FormulaVersion { get; init; }

    /// <summary>The cycle was closed and all that was submitted was accepted; else the publication is called provisional.</summary>
    public required bool Final { get; init; }

    public required int Due { get; init; }

    public required int Submitted { get; init; }

    public required int Accepted { get; init; }

    /// <summary>SHA-256 over all copied figures; null of publications from before there were drafts, as the next five.</summary>
    public string? FiguresHash { get; init; }

    /// <summary>SHA-256 of the file that everybody may fetch.</summary>
    public string? OpenHash { get; init; }

    /// <summary>Why it corrects the one before.</summary>
    public string? ReasonZh { get; init; }

    public string? ReasonEn { get; init; }

    public Guid? DraftedBy { get; init; }

    public Guid? CheckedBy { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<Publication>
    {
        public void Configure(EntityTypeBuilder<Publication> builder)
        {
            builder.ToTable("publications");
            builder.HasNoScope("that figures were published, with the province's totals, is for everybody");
            builder.HasKey(p => new { p.CycleId, p.Number });
        }
    }
}
