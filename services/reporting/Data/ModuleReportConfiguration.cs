using System.Text.Json;
using Gengdu.Reporting.ModuleReports;
using Gengdu.Reporting.Reports;
using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gengdu.Reporting.Data;

internal sealed class ModuleReportConfiguration : IEntityTypeConfiguration<ModuleReport>
{
    public void Configure(EntityTypeBuilder<ModuleReport> builder)
    {
        builder.ToTable("module_reports");
        builder.HasScope("organisation_path", "organisation_id");
        builder.HasKey(m => m.Id);
        builder.Property(m => m.Id).ValueGeneratedNever();
        builder.Property(m => m.OrganisationPath).UseCollation("C");
        builder.Property(m => m.State).HasConversion(state => state.ToText(), word => ModuleReportStateText.Parse(word)).HasMaxLength(20);
        builder.Property(m => m.Version).IsConcurrencyToken();
        builder.Property(m => m.Values).HasColumnType("jsonb");
        builder.Property(m => m.Explanations).AsJson();
        builder.Property(m => m.Return).AsJson();
        // A default: an opening writes 150,000 rows without it.
        builder.Property(m => m.SetAside).AsJson().HasDefaultValueSql("'[]'");
        builder.HasOne<Report>().WithMany().HasForeignKey(m => m.ReportId);
        builder.HasIndex(m => new { m.ReportId, m.ModuleKey }).IsUnique();
        // One cycle among all there ever were, as the deadline room reads it. Nothing that a save changes belongs in here: saves
        // would then write every index of the table.
        builder.HasIndex(m => m.CycleId);
    }
}

internal sealed class RevisionConfiguration : IEntityTypeConfiguration<Revision>
{
    public void Configure(EntityTypeBuilder<Revision> builder)
    {
        builder.ToTable("revisions");
        builder.HasScopeOf("module_reports", ("id", "module_report_id"));
        builder.IsAppendOnly();
        builder.HasKey(r => new { r.ModuleReportId, r.Number });
        builder.Property(r => r.Number).ValueGeneratedNever();
        builder.Property(r => r.Values).HasColumnType("jsonb");
        builder.Property(r => r.Explanations).AsJson();
        builder.Property(r => r.Results).AsJson();
        builder.HasIndex(r => r.ReceiptNumber).IsUnique();
        builder.Property(r => r.CheckCode).HasMaxLength(Checks.CheckCode.Length).UseCollation("C");
        builder.HasIndex(r => r.CheckCode).IsUnique();
        builder.HasOne<ModuleReport>().WithMany().HasForeignKey(r => r.ModuleReportId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class SubmissionKeyConfiguration : IEntityTypeConfiguration<SubmissionKey>
{
    public void Configure(EntityTypeBuilder<SubmissionKey> builder)
    {
        builder.ToTable("submission_keys");
        builder.HasScopeOf("module_reports", ("id", "module_report_id"));
        builder.HasKey(k => new { k.PersonId, k.Key });
        builder.Property(k => k.Key).HasMaxLength(200);
        builder.HasIndex(k => k.CreatedAt);
    }
}

/// <summary>A record kept as one jsonb value: replaced whole, never changed in place.</summary>
internal static class JsonColumn
{
    public static PropertyBuilder<T> AsJson<T>(this PropertyBuilder<T> property) => property
        .HasColumnType("jsonb")
        .HasConversion(
            value => JsonSerializer.Serialize(value, ModuleReport.Json),
            text => JsonSerializer.Deserialize<T>(text, ModuleReport.Json)!,
            new ValueComparer<T>((a, b) => ReferenceEquals(a, b), value => value == null ? 0 : value.GetHashCode(), value => value));
}
