using Gengdu.Identity.FillIns;
using Gengdu.Identity.People;
using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gengdu.Identity.Data;

internal sealed class AssignmentConfiguration : IEntityTypeConfiguration<Assignment>
{
    private const string OncePerPlace = "ix_assignments_once_per_place";

    public void Configure(EntityTypeBuilder<Assignment> builder)
    {
        builder.ToTable("assignments");
        builder.HasNoScope("rights are computed from it, before there is a scope, and who is what elsewhere decides what one may become here");
        builder.HasKey(a => a.Id);
        builder.Property(a => a.Id).ValueGeneratedNever();
        builder.Property(a => a.Role).HasMaxLength(40);
        builder.Property(a => a.Version).IsConcurrencyToken();
        builder.Property(a => a.Reason).HasMaxLength(Assignment.ReasonLength);
        // One at a time is decided with the person locked (HeldRoles); an ended one may be given again from a later day.
        builder.HasIndex(a => new { a.PersonId, a.Role, a.OrganisationId, a.ValidFrom }).IsUnique().HasFilter("not removed").HasDatabaseName(OncePerPlace);
        builder.HasIndex(a => a.PersonId);
        builder.HasIndex(a => a.OrganisationId);
        builder.HasIndex(a => a.DelegatedFrom);
        builder.HasIndex(a => a.FillsInFrom);
        builder.HasIndex(a => a.FillInId);
        builder.HasOne<Assignment>().WithMany().HasForeignKey(a => a.FillsInFrom).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<FillIn>().WithMany().HasForeignKey(a => a.FillInId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Assignment>().WithMany().HasForeignKey(a => a.DelegatedFrom).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Person>().WithMany().HasForeignKey(a => a.PersonId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Organisation>().WithMany().HasForeignKey(a => a.OrganisationId).OnDelete(DeleteBehavior.Restrict);
    }
}
