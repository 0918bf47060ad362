using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Organisations;

/// <summary>The replica's tables in the service's own schema.</summary>
public static class OrganisationsModel
{
    /// <summary>For the migration that brought the places: a replica that was filled before knows the present ones alone.</summary>
    public static string PresentPlaces(string schema) =>
        $"insert into {schema}.organisation_places (organisation_id, version, path, changed_at) select id, version, path, '-infinity' from {schema}.organisations on conflict do nothing";

    /// <summary>Maps organisations, organisation_places, assignments and ended_sign_ins. Call in OnModelCreating.</summary>
    public static void AddOrganisations(this ModelBuilder model)
    {
        ArgumentNullException.ThrowIfNull(model);
        model.Entity<Organisation>(organisation =>
        {
            organisation.ToTable("organisations");
            organisation.HasNoScope("rights are computed from it, and names and codes of places are no secret");
            organisation.HasKey(o => o.Id);
            organisation.Property(o => o.Id).ValueGeneratedNever();
            // Prefix search by path must use the index whatever the database's collation is.
            organisation.Property(o => o.Path).UseCollation("C");
            organisation.HasIndex(o => o.Path);
            organisation.HasIndex(o => o.Code);
            organisation.HasIndex(o => o.ParentId);
        });
        model.Entity<OrganisationPlace>(place =>
        {
            place.ToTable("organisation_places");
            place.HasNoScope("rights are computed from it, and names and codes of places are no secret");
            place.HasKey(p => new { p.OrganisationId, p.Version });
            place.Property(p => p.Version).ValueGeneratedNever();
            place.Property(p => p.Path).UseCollation("C");
            place.HasIndex(p => p.Path);
        });
        model.Entity<Assignment>(assignment =>
        {
            assignment.ToTable("assignments");
            assignment.HasNoScope("rights are computed from it, before there is a scope");
            assignment.HasKey(a => a.Id);
            assignment.Property(a => a.Id).ValueGeneratedNever();
            assignment.HasIndex(a => a.PersonId);
        });
        model.Entity<EndedSignIn>(ended =>
        {
            ended.ToTable("ended_sign_ins");
            ended.HasNoScope("ids of sessions; every request asks before it has a scope");
            ended.HasKey(e => e.SessionId);
            ended.Property(e => e.SessionId).HasMaxLength(100);
            ended.HasIndex(e => e.ReceivedAt);
        });
    }
}
