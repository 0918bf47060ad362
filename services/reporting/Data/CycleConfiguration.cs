using Gengdu.Reporting.Cycles;
using Gengdu.Reporting.Programmes;
using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gengdu.Reporting.Data;

internal sealed class ProgrammeVersionConfiguration : IEntityTypeConfiguration<ProgrammeVersion>
{
    public void Configure(EntityTypeBuilder<ProgrammeVersion> builder)
    {
        builder.ToTable("programme_versions");
        builder.HasNoScope("programmes are public");
        builder.HasKey(v => new { v.Key, v.Version });
    }
}

internal sealed class CycleConfiguration : IEntityTypeConfiguration<Cycle>
{
    public void Configure(EntityTypeBuilder<Cycle> builder)
    {
        builder.ToTable("cycles");
        builder.HasNoScope("everybody below a province sees its cycles: names and dates, no figures");
        builder.HasKey(c => c.Id);
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.Property(c => c.OrganisationPath).UseCollation("C");
        builder.Property(c => c.State).HasConversion(state => CycleStateText.Of(state), word => Enum.Parse<CycleState>(word, true)).HasMaxLength(20);
        builder.Property<uint>("xmin").IsRowVersion();
        builder.HasOne<ProgrammeVersion>().WithMany().HasForeignKey(c => new { c.ProgrammeKey, c.ProgrammeVersion });
    }
}

internal sealed class ProgrammeChangeConfiguration : IEntityTypeConfiguration<ProgrammeChange>
{
    public void Configure(EntityTypeBuilder<ProgrammeChange> builder)
    {
        builder.ToTable("cycle_programme_changes");
        builder.HasNoScope("as the cycles: everybody in one reads why its form changed");
        builder.IsAppendOnly();
        builder.HasKey(c => c.Id);
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.HasOne<Cycle>().WithMany().HasForeignKey(c => c.CycleId);
    }
}

internal sealed class ExtensionConfiguration : IEntityTypeConfiguration<Extension>
{
    public void Configure(EntityTypeBuilder<Extension> builder)
    {
        builder.ToTable("extensions");
        builder.HasScope(path: null, "organisation_id");
        builder.HasKey(e => e.Id);
        builder.Property(e => e.Id).ValueGeneratedNever();
        builder.HasOne<Cycle>().WithMany().HasForeignKey(e => e.CycleId);
    }
}

/// <summary>The stored words.</summary>
internal static class CycleStateText
{
    public static string Of(CycleState state) => state switch
    {
        CycleState.Planned => "planned",
        CycleState.Open => "open",
        _ => "closed",
    };
}
