using Gengdu.Identity.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gengdu.Identity.Data;

internal sealed class OrganisationVersionConfiguration : IEntityTypeConfiguration<OrganisationVersion>
{
    public void Configure(EntityTypeBuilder<OrganisationVersion> builder)
    {
        builder.ToTable("organisation_versions");
        builder.HasNoScope("the tree as it was; names and codes of places are no secret");
        builder.HasKey(v => new { v.OrganisationId, v.Version });
        builder.Property(v => v.Version).ValueGeneratedNever();
        builder.Property(v => v.Act).HasMaxLength(20);
        builder.Property(v => v.Reason).HasMaxLength(200);
        builder.Property(v => v.Path).UseCollation("C");
        builder.Property(v => v.Code).HasMaxLength(10);
        builder.Property(v => v.ParentCode).HasMaxLength(10);
        builder.Property(v => v.ParentNameZh).HasMaxLength(100);
        builder.Property(v => v.ParentNameEn).HasMaxLength(200);
        builder.Property(v => v.NameZh).HasMaxLength(100);
        builder.Property(v => v.NameEn).HasMaxLength(200);
        // "Who stood below this one on that day", and the present version of each.
        builder.HasIndex(v => new { v.ParentId, v.EffectiveFrom });
        builder.HasIndex(v => v.OrganisationId).HasFilter("effective_until is null").HasDatabaseName("ix_organisation_versions_present");
    }
}

internal sealed class TakenCodeConfiguration : IEntityTypeConfiguration<TakenCode>
{
    public void Configure(EntityTypeBuilder<TakenCode> builder)
    {
        builder.ToTable("taken_codes");
        builder.HasKey(c => c.Code);
        builder.Property(c => c.Code).HasMaxLength(10);
    }
}
