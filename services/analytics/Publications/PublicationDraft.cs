using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gengdu.Analytics.Publications;

/// <summary>A publication on its way: the figures are copied when it is drafted, somebody else looks at that copy, and the very copy is published or thrown away.</summary>
internal sealed class PublicationDraft
{
    public const int LongestReason = 500;
    public const string Drafted = "drafted";
    public const string Checked = "checked";
    public const string Rejected = "rejected";
    public const string Discarded = "discarded";
    public const string Published = "published";

    public required Guid Id { get; init; }

    public required Guid CycleId { get; init; }

    /// <summary>What it will be; free again when it is thrown away.</summary>
    public required int Number { get; init; }

    public required string State { get; set; }

    public required string ProgrammeVersion { get; init; }

    public required string FormulaVersion { get; init; }

    public required bool Final { get; init; }

    public required int Due { get; init; }

    public required int Submitted { get; init; }

    public required int Accepted { get; init; }

    public required int Figures { get; init; }

    /// <summary>SHA-256 over all copied figures. Shown to the province alone: with it one could try which hidden number fits.</summary>
    public required string FiguresHash { get; init; }

    /// <summary>SHA-256 of the open file.</summary>
    public required string OpenHash { get; init; }

    /// <summary>Why figures that were published are corrected; null of the first.</summary>
    public string? ReasonZh { get; init; }

    public string? ReasonEn { get; init; }

    public required Guid DraftedBy { get; init; }

    public required DateTimeOffset DraftedAt { get; init; }

    public Guid? CheckedBy { get; set; }

    public DateTimeOffset? CheckedAt { get; set; }

    /// <summary>What whoever checked it found.</summary>
    public string? Remark { get; set; }

    public bool Pending => State is Drafted or Checked;

    /// <summary>Somebody else than who drafted it has looked at the copy.</summary>
    public Problem? Check(Guid person, bool agrees, string? remark, DateTimeOffset now)
    {
        if (State != Drafted)
        {
            return AnalyticsProblems.DraftOver;
        }

        if (person == DraftedBy)
        {
            return AnalyticsProblems.OwnDraft;
        }

        var said = remark?.Trim();
        if ((!agrees && string.IsNullOrEmpty(said)) || said?.Length > LongestReason)
        {
            return AnalyticsProblems.RemarkMissing;
        }

        (State, CheckedBy, CheckedAt, Remark) = (agrees ? Checked : Rejected, person, now, said);
        return null;
    }

    public Problem? Discard()
    {
        if (!Pending)
        {
            return AnalyticsProblems.DraftOver;
        }

        State = Discarded;
        return null;
    }

    internal sealed class Configuration : IEntityTypeConfiguration<PublicationDraft>
    {
        public void Configure(EntityTypeBuilder<PublicationDraft> builder)
        {
            builder.ToTable("publication_drafts");
            builder.HasNoScope("totals of the province, read and changed by its own people alone, whose right each slice looks at");
            builder.Property(d => d.Id).ValueGeneratedNever();
            builder.Property<uint>("xmin").IsRowVersion();
            builder.HasIndex(d => d.CycleId).IsUnique().HasFilter($"state in ('{Drafted}', '{Checked}')").HasDatabaseName("ix_publication_drafts_pending");
            builder.HasIndex(d => new { d.CycleId, d.DraftedAt });
        }
    }
}
