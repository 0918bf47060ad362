using Microsoft.EntityFrameworkCore;

namespace Gengdu.Organisations;

/// <summary>The replica's tables in the service's own schema.</summary>
public static class OrganisationsModel
{
    /// <summary>Maps organisations, assignments and ended_sign_ins. Call in OnModelCreating.</summary>
    public static void AddOrganisations(this ModelBuilder model)
    {
        ArgumentNullException.ThrowIfNull(model);
        model.Entity<Organisation>(organisation =>
        {
            organisation.ToTable("organisations");
            organisation.HasKey(o => o.Id);
            organisation.Property(o => o.Id).ValueGeneratedNever();
            // Prefix search by path must use the index whatever the database's collation is.
            organisation.Property(o => o.Path).UseCollation("C");
            organisation.HasIndex(o => o.Path);
            organisation.HasIndex(o => o.Code);
            organisation.HasIndex(o => o.ParentId);
        });
        model.Entity<Assignment>(assignment =>
        {
            assignment.ToTable("assignments");
            assignment.HasKey(a => a.Id);
            assignment.Property(a => a.Id).ValueGeneratedNever();
            assignment.HasIndex(a => a.PersonId);
        });
        model.Entity<EndedSignIn>(ended =>
        {
            ended.ToTable("ended_sign_ins");
            ended.HasKey(e => e.SessionId);
            ended.Property(e => e.SessionId).HasMaxLength(100);
            ended.HasIndex(e => e.ReceivedAt);
        });
    }
}
