using Gengdu.Contracts.Supervision.V1;

namespace Gengdu.Supervision.Dispatches;

/// <summary>What the world is told of counties that go up.</summary>
internal static class DispatchEvents
{
    public static CountySent ToCountySent(this Dispatch dispatch) => new()
    {
        DispatchId = dispatch.Id,
        CycleId = dispatch.CycleId,
        OrganisationId = dispatch.OrganisationId,
        Round = dispatch.Round,
        Owed = dispatch.Owed,
        MissingOrganisationIds = [.. dispatch.Gaps.Select(gap => gap.OrganisationId)],
        SentBy = dispatch.SentBy,
        SentAt = dispatch.SentAt,
        Version = dispatch.Version,
    };

    public static CountyGapsDecided ToCountyGapsDecided(this Dispatch dispatch) => new()
    {
        DispatchId = dispatch.Id,
        CycleId = dispatch.CycleId,
        OrganisationId = dispatch.OrganisationId,
        Round = dispatch.Round,
        Allowed = dispatch.Allowed!.Value,
        Gaps = dispatch.Gaps.Count,
        DecidedBy = dispatch.DecidedBy!.Value,
        DecidedAt = dispatch.DecidedAt!.Value,
        Version = dispatch.Version,
    };
}
