using Gengdu.Contracts.Supervision.V1;
using Gengdu.Messaging;
using Gengdu.ServiceDefaults;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Organisations;

/// <summary>
/// People outside the line who may review some organisations or modules at one step, until a day. Supervision's own rows, a replica
/// in services that show what is reviewed. What it gives is computed anew each time: nothing once its giver's right has ended, nothing
/// at an organisation that has left the giver's subtree.
/// </summary>
public sealed class ReviewerGroup
{
    /// <summary>What groups give on the day $2, each organisation that one is for as o.</summary>
    private const string Given = """
        from reviewer_groups g join organisations step on step.id = g.organisation_id join organisations giver on giver.id = g.giver_organisation_id
        join organisations o on o.id = any(g.organisation_ids) and o.path ^@ step.path and o.path ^@ giver.path
        where g.ended_at is null and g.valid_from <= $2 and g.valid_to >= $2
          and exists (select from assignments a where a.person_id = g.given_by and a.role = g.giver_role and a.organisation_id = g.giver_organisation_id
            and not a.removed and a.valid_from <= $2 and (a.valid_to is null or a.valid_to >= $2))
        """;

    /// <summary>Role, organisation of the step, path, step, modules of the person $1 on the day $2.</summary>
    internal const string Rights = $"""
        select 'group-reviewer', g.organisation_id, o.path, array[g.level], g.module_keys {Given} and $1 = any(g.person_ids)
        order by o.path, g.id
        """;

    /// <summary>Organisation of the step, its path, person: who may by a group review the module $3 of an organisation at the path $1 on the day $2.</summary>
    internal const string Members = $"""
        select distinct g.organisation_id, step.path, unnest(g.person_ids) {Given} and $1 ^@ o.path and (cardinality(g.module_keys) = 0 or $3 = any(g.module_keys))
        """;

    /// <summary>The same in all services.</summary>
    public required Guid Id { get; init; }

    /// <summary>As people call it.</summary>
    public required string Name { get; set; }

    /// <summary>The step: "county", "city" or "province".</summary>
    public required string Level { get; init; }

    /// <summary>Whose step it is.</summary>
    public required Guid OrganisationId { get; init; }

    /// <summary>Who gave it.</summary>
    public required Guid GivenBy { get; init; }

    /// <summary>By which role …</summary>
    public required string GiverRole { get; init; }

    /// <summary>… where.</summary>
    public required Guid GiverOrganisationId { get; init; }

    /// <summary>Its people.</summary>
    public required Guid[] PersonIds { get; set; }

    /// <summary>What they review, with all below.</summary>
    public required Guid[] OrganisationIds { get; set; }

    /// <summary>Which modules; empty: all.</summary>
    public required string[] ModuleKeys { get; set; }

    /// <summary>First day.</summary>
    public required DateOnly ValidFrom { get; init; }

    /// <summary>Last day.</summary>
    public required DateOnly ValidTo { get; set; }

    /// <summary>Ended before its day.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Highest version applied.</summary>
    public required long Version { get; set; }

    /// <summary>As an event tells it.</summary>
    public static ReviewerGroup Of(ReviewerGroupChanged e)
    {
        ArgumentNullException.ThrowIfNull(e);
        return new()
        {
            Id = e.GroupId, Name = e.Name, Level = e.Level, OrganisationId = e.OrganisationId, GivenBy = e.GivenBy, GiverRole = e.GiverRole, GiverOrganisationId = e.GiverOrganisationId,
            PersonIds = [.. e.PersonIds], OrganisationIds = [.. e.OrganisationIds], ModuleKeys = [.. e.ModuleKeys], ValidFrom = e.ValidFrom, ValidTo = e.ValidTo, EndedAt = e.EndedAt, Version = e.Version,
        };
    }
}

/// <summary>The table of groups in the service's own schema.</summary>
public static class ReviewerGroupsModel
{
    /// <summary>Maps reviewer_groups. Call in OnModelCreating, and say <c>reviewerGroups: true</c> in AddOrganisations.</summary>
    public static void AddReviewerGroups(this ModelBuilder model)
    {
        ArgumentNullException.ThrowIfNull(model);
        model.Entity<ReviewerGroup>(group =>
        {
            group.ToTable("reviewer_groups");
            // Of whoever stands at the step or above; its own people see what it lets them review, not who else is in it.
            group.HasScope(path: null, organisation: "organisation_id");
            group.HasKey(g => g.Id);
            group.Property(g => g.Id).ValueGeneratedNever();
            group.Property(g => g.Name).HasMaxLength(60);
            group.Property(g => g.Level).HasMaxLength(10);
            group.HasIndex(g => g.PersonIds).HasMethod("gin");
            group.HasIndex(g => g.OrganisationId);
        });
    }
}

/// <summary>Keeps the groups where they are not the service's own: a newer version replaces the row, an older or repeated one changes nothing.</summary>
public sealed class ReviewerGroupChangedConsumer(ReplicaContext replica, AccessCache access) : IConsumer<ReviewerGroupChanged>
{
    /// <inheritdoc />
    public async Task Consume(ConsumeContext<ReviewerGroupChanged> context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var group = ReviewerGroup.Of(context.Message);
        await replica.Db.Database.ExecuteSqlAsync($"""
            insert into reviewer_groups (id, name, level, organisation_id, given_by, giver_role, giver_organisation_id, person_ids, organisation_ids, module_keys, valid_from, valid_to, ended_at, version)
            values ({group.Id}, {group.Name}, {group.Level}, {group.OrganisationId}, {group.GivenBy}, {group.GiverRole}, {group.GiverOrganisationId}, {group.PersonIds}, {group.OrganisationIds},
              {group.ModuleKeys}, {group.ValidFrom}, {group.ValidTo}, {group.EndedAt}, {group.Version})
            on conflict (id) do update set name = excluded.name, person_ids = excluded.person_ids, organisation_ids = excluded.organisation_ids, module_keys = excluded.module_keys,
              valid_to = excluded.valid_to, ended_at = excluded.ended_at, version = excluded.version
            where reviewer_groups.version < excluded.version
            """, context.CancellationToken);
        access.Forget();
    }

    /// <summary>Endpoint of one service: "{service}-reviewer-group-changed".</summary>
    public sealed class Definition : ConsumerDefinition<ReviewerGroupChangedConsumer>
    {
        /// <summary>Created by the container.</summary>
        public Definition(ReplicaOptions options)
        {
            ArgumentNullException.ThrowIfNull(options);
            EndpointName = $"{options.Service}-reviewer-group-changed";
        }

        /// <inheritdoc />
        protected override void ConfigureConsumer(IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<ReviewerGroupChangedConsumer> consumerConfigurator, IRegistrationContext context) =>
            endpointConfigurator.UseInbox(context);
    }
}
