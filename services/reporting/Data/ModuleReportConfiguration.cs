using System.Text.Json;
using Gengdu.Reporting.ModuleReports;
using Gengdu.Reporting.Reports;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gengdu.Reporting.Data;

internal sealed class ModuleReportConfiguration : IEntityTypeConfiguration<ModuleReport>
{
    public void Configure(EntityTypeBuilder<ModuleReport> builder)
    {
        builder.ToTable("module_reports");
        builder.HasKey(m => m.Id);
        builder.Property(m => m.Id).ValueGeneratedNever();
        builder.Property(m => m.OrganisationPath).UseCollation("C");
        builder.Property(m => m.State).HasConversion(state => state.ToText(), word => ModuleReportStateText.Parse(word)).HasMaxLength(20);
        builder.Property(m => m.Version).IsConcurrencyToken();
        builder.Property(m => m.Values).HasColumnType("jsonb");
        builder.Property(m => m.Explanations).AsJson();
        builder.Property(m => m.Return).AsJson();
        builder.HasOne<Report>().WithMany().HasForeignKey(m => m.ReportId);
        builder.HasIndex(m => new { m.ReportId, m.ModuleKey }).IsUnique();
    }
}

internal sealed class RevisionConfiguration : IEntityTypeConfiguration<Revision>
{
    public void Configure(EntityTypeBuilder<Revision> builder)
    {
        builder.ToTable("revisions");
        builder.HasKey(r => new { r.ModuleReportId, r.Number });
        builder.Property(r => r.Number).ValueGeneratedNever();
        builder.Property(r => r.Values).HasColumnType("jsonb");
        builder.Property(r => r.Explanations).AsJson();
        builder.Property(r => r.Results).AsJson();
        builder.HasIndex(r => r.ReceiptNumber).IsUnique();
        builder.HasOne<ModuleReport>().WithMany().HasForeignKey(r => r.ModuleReportId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class SubmissionKeyConfiguration : IEntityTypeConfiguration<SubmissionKey>
{
    public void Configure(EntityTypeBuilder<SubmissionKey> builder)
    {
        builder.ToTable("submission_keys");
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
