using Gengdu.Contracts.Reporting.V1;

namespace Gengdu.Reporting.Cycles;

/// <summary>More time for one organisation and everything below it; kept for the record, applied to the reports when granted.</summary>
internal sealed class Extension
{
    public required Guid Id { get; init; }

    public required Guid CycleId { get; init; }

    public required Guid OrganisationId { get; init; }

    public required DateTimeOffset Until { get; init; }

    public required string Reason { get; init; }

    public required Guid GrantedBy { get; init; }

    public required DateTimeOffset GrantedAt { get; init; }

    public ExtensionDecided ToExtensionDecided(string path) => new()
    {
        ExtensionId = Id,
        CycleId = CycleId,
        OrganisationId = OrganisationId,
        OrganisationPath = path,
        CoversSubtree = true,
        Approved = true,
        Until = Until,
        DecidedBy = GrantedBy,
        DecidedAt = GrantedAt,
    };
}
