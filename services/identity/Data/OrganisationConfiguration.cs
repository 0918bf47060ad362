using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gengdu.Identity.Data;

internal sealed class OrganisationConfiguration : IEntityTypeConfiguration<Organisation>
{
    public const string NumberSequence = "organisation_numbers";

    public void Configure(EntityTypeBuilder<Organisation> builder)
    {
        builder.ToTable("organisations");
        builder.HasNoScope("rights are computed from it, and names and codes of places are no secret");
        builder.HasKey(o => o.Id);
        builder.Property(o => o.Id).ValueGeneratedNever();
        builder.HasIndex(o => o.Number).IsUnique();
        // Prefix search by path must use the index whatever the database's collation is.
        builder.Property(o => o.Path).UseCollation("C");
        builder.HasIndex(o => o.Path).IsUnique();
        builder.HasIndex(o => o.ParentId);
        // A code may come back after its holder was closed, never while it is open.
        builder.HasIndex(o => o.Code).IsUnique().HasFilter("valid_to is null");
        builder.Property(o => o.Code).HasMaxLength(10);
        builder.Property(o => o.NameZh).HasMaxLength(100);
        builder.Property(o => o.NameEn).HasMaxLength(200);
        builder.Property(o => o.SearchText).UseCollation("C");
        builder.HasMany(o => o.Versions).WithOne().HasForeignKey(v => v.OrganisationId).OnDelete(DeleteBehavior.Restrict);
        builder.Property(o => o.Version).IsConcurrencyToken();
        builder.HasOne<Organisation>().WithMany().HasForeignKey(o => o.ParentId).OnDelete(DeleteBehavior.Restrict);
    }
}
