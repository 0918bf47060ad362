using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gengdu.Analytics.Exports;

/// <summary>A file somebody asked for: made in the background, kept for a while, theirs alone.</summary>
internal sealed class Export
{
    public required Guid Id { get; init; }

    public const int LongestNumber = 60;

    /// <summary>"summary", "missing", "chart", "values" or "bulletin".</summary>
    public required string Kind { get; init; }

    /// <summary>"xlsx", "csv", "pdf" or "docx".</summary>
    public required string Format { get; init; }

    /// <summary>"zh" or "en".</summary>
    public required string Language { get; init; }

    public required Guid CycleId { get; init; }

    public required Guid OrganisationId { get; init; }

    /// <summary>Of that place in the cycle when it was asked for.</summary>
    public required string Path { get; init; }

    public required Guid RequestedBy { get; init; }

    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>"waiting", "running", "finished", "cancelled" or "failed".</summary>
    public required string State { get; init; }

    public bool CancelAsked { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Then the file and this row are removed.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Organisations written so far, and of how many.</summary>
    public int Done { get; init; }

    public int Total { get; init; }

    public long Rows { get; init; }

    /// <summary>Bytes.</summary>
    public long Size { get; init; }

    /// <summary>SHA-256 of the file; null until it is finished.</summary>
    public string? Hash { get; init; }

    /// <summary>What it is saved as; null until it is finished.</summary>
    public string? FileName { get; init; }

    /// <summary>Code of the problem that it failed for.</summary>
    public string? Problem { get; init; }

    /// <summary>文号 of a bulletin, as the office gave it.</summary>
    public string? Number { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<Export>
    {
        public void Configure(EntityTypeBuilder<Export> builder)
        {
            builder.ToTable("exports");
            builder.HasScope("path");
            builder.HasKey(e => e.Id);
            builder.Property(e => e.Id).ValueGeneratedNever();
            builder.Property(e => e.Path).UseCollation("C");
            builder.Property(e => e.CancelAsked).HasDefaultValue(false);
            builder.Property(e => e.Done).HasDefaultValue(0);
            builder.Property(e => e.Total).HasDefaultValue(0);
            builder.Property(e => e.Rows).HasDefaultValue(0L);
            builder.Property(e => e.Size).HasDefaultValue(0L);
            builder.Property(e => e.Number).HasMaxLength(LongestNumber);
            builder.HasIndex(e => new { e.RequestedBy, e.RequestedAt });
            builder.HasIndex(e => e.RequestedAt).HasFilter("state in ('waiting', 'running')").HasDatabaseName("ix_exports_open");
            builder.HasIndex(e => e.ExpiresAt);
        }
    }
}

/// <summary>
/// A piece of the file; all but the last are of one length, so that any byte is found by its place. Unlogged: after a fall of the database the
/// file is gone and made again.
/// </summary>
internal sealed class ExportPart
{
    public const int Length = 512 * 1024;

    public required Guid ExportId { get; init; }

    public required int Number { get; init; }

    public required byte[] Content { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<ExportPart>
    {
        public void Configure(EntityTypeBuilder<ExportPart> builder)
        {
            builder.ToTable("export_parts");
            builder.HasScopeOf("exports", ("id", "export_id"));
            builder.HasKey(p => new { p.ExportId, p.Number });
            builder.HasOne<Export>().WithMany().HasForeignKey(p => p.ExportId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
