namespace Gengdu.Organisations;

/// <summary>
/// Where an organisation stood by one of its versions; kept for ever, in whatever order the versions came. The place of an
/// organisation in a cycle is a function of these rows and of the cycle's closing, so it is the same in every service (ADR 0014).
/// </summary>
public sealed class OrganisationPlace
{
    /// <summary>Which organisation.</summary>
    public required Guid OrganisationId { get; init; }

    /// <summary>Which version of it.</summary>
    public required long Version { get; init; }

    /// <summary>Stored path by that version.</summary>
    public required string Path { get; init; }

    /// <summary>When the version was made; minus infinity where the publisher did not say.</summary>
    public required DateTimeOffset ChangedAt { get; init; }
}

/// <summary>The rule in SQL: an open cycle follows the tree, a closed one keeps the last place from before its closing.</summary>
public static class Places
{
    /// <summary>An expression for the path of an organisation in a cycle.</summary>
    /// <param name="organisationId">Expression: which organisation.</param>
    /// <param name="closedAt">Expression: when the cycle closed; null while it is open.</param>
    /// <param name="otherwise">Expression: the path to keep while the replica does not know the organisation.</param>
    public static string InCycle(string organisationId, string closedAt, string otherwise) => $"""
        coalesce(case when {closedAt} is null then (select o.path from organisations o where o.id = {organisationId})
          else (select p.path from organisation_places p where p.organisation_id = {organisationId} and p.changed_at <= {closedAt} order by p.version desc limit 1) end, {otherwise})
        """;
}
