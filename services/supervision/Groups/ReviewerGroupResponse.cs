using Gengdu.Contracts.Supervision.V1;
using Gengdu.Organisations;

namespace Gengdu.Supervision.Groups;

/// <param name="OrganisationId">Whose step it is.</param>
/// <param name="OrganisationIds">Whose reports, with all below.</param>
/// <param name="ModuleKeys">Empty: all.</param>
/// <param name="ValidTo">Last day.</param>
public sealed record ReviewerGroupResponse(
    Guid Id, string Name, string Level, Guid OrganisationId, IReadOnlyList<Guid> PersonIds, IReadOnlyList<Guid> OrganisationIds, IReadOnlyList<string> ModuleKeys,
    Guid GivenBy, DateOnly ValidFrom, DateOnly ValidTo, DateTimeOffset? EndedAt);

internal static class ReviewerGroupForms
{
    public static ReviewerGroupResponse ToResponse(this ReviewerGroup group) => new(
        group.Id, group.Name, group.Level, group.OrganisationId, group.PersonIds, group.OrganisationIds, group.ModuleKeys, group.GivenBy, group.ValidFrom, group.ValidTo, group.EndedAt);

    public static ReviewerGroupChanged ToReviewerGroupChanged(this ReviewerGroup group) => new()
    {
        GroupId = group.Id,
        Name = group.Name,
        Level = group.Level,
        OrganisationId = group.OrganisationId,
        GivenBy = group.GivenBy,
        GiverRole = group.GiverRole,
        GiverOrganisationId = group.GiverOrganisationId,
        PersonIds = group.PersonIds,
        OrganisationIds = group.OrganisationIds,
        ModuleKeys = group.ModuleKeys,
        ValidFrom = group.ValidFrom,
        ValidTo = group.ValidTo,
        EndedAt = group.EndedAt,
        Version = group.Version,
    };
}
