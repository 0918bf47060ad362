using System.Text.Json.Nodes;
using Gengdu.Province.Api;

namespace Gengdu.System.Tests.Scope.World;

/// <summary>The tree and the people, entered as administrators enter them.</summary>
internal sealed class Registration(Session administrator, Session security, Session audit, Rows rows, string password)
{
    private static readonly DateOnly Today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).DateTime);

    private const string Zone = "130389";

    /// <summary>Owners by short name, with their ids, and a zone that is nobody's.</summary>
    public async Task<(IReadOnlyDictionary<string, Owner> Owners, Guid ZoneId)> TreeAsync(CancellationToken cancellationToken)
    {
        var zone = Facts("C9");
        (zone["code"], zone["kind"]) = (Zone, "zone");
        await administrator.PostAsync("/api/identity/organisations/batch", new { organisations = Tree.All.Where(place => place != Tree.Province).Select(Facts).Append(zone) }, cancellationToken);
        var ids = await rows.PairsAsync("select code, id::text from identity.organisations", cancellationToken);
        return (Tree.All.ToDictionary(place => place, place => new Owner(place) { Id = Guid.Parse(ids[Tree.Code(place)]) }), Guid.Parse(ids[Zone]));
    }

    /// <summary>Everybody of the cast, two who fill in forms, and at each place somebody who is only acted upon.</summary>
    /// <returns>Ids of the cast by name.</returns>
    public async Task<IReadOnlyDictionary<string, Guid>> PeopleAsync(IReadOnlyDictionary<string, Owner> owners, IEnumerable<string> filled, CancellationToken cancellationToken)
    {
        var elsewhere = new Right("reporter", "C3S4");
        var cast = Cast.All.Where(identity => identity.Standing is not (Standing.System or Standing.Anonymous)).ToList();
        var people = cast.Where(identity => !identity.Has("security-administrator", "auditor")).Select(identity => New(identity.Name, identity.Name, password, identity.Standing == Standing.NotInForce || identity.Rights.Count == 0 ? [elsewhere] : identity.Rights))
            .Append(New("fill-reporter", "fill", password, filled.Select(place => new Right("reporter", place))))
            .Append(New("fill-approver", "fill", password, filled.Select(place => new Right("approver", place))))
            .Concat(owners.Values.Select(owner => New(Canaries.Of(owner.Place, Canaries.Person), Canaries.Of(owner.Place, Canaries.Person), null, [new("reporter", owner.Place)])))
            .Concat(owners.Values.Select(owner => New(Holder(owner), Canaries.Of(owner.Place, Canaries.Person), null, [new("approver", owner.Place)])));
        foreach (var part in people.Chunk(60))
        {
            await administrator.PostAsync("/api/identity/people/batch", new { people = part }, cancellationToken);
        }

        foreach (var (giver, kind) in new[] { (security, "security-administrator"), (audit, "auditor") })
        {
            await giver.PostAsync("/api/identity/people/batch", new { people = cast.Where(identity => identity.Has(kind)).Select(identity => New(identity.Name, identity.Name, password, identity.Rights)) }, cancellationToken);
        }

        var ids = (await rows.PairsAsync("select user_name, id::text from identity.people", cancellationToken)).ToDictionary(pair => pair.Key, pair => Guid.Parse(pair.Value));
        var assignments = await rows.PairsAsync("select person_id::text, min(id::text) from identity.assignments group by 1", cancellationToken);
        foreach (var owner in owners.Values)
        {
            owner.PersonId = ids[Canaries.Of(owner.Place, Canaries.Person)];
            owner.AssignmentId = Guid.Parse(assignments[owner.PersonId.ToString()]);
            owner.HolderAssignmentId = Guid.Parse(assignments[ids[Holder(owner)].ToString()]);
        }

        foreach (var identity in cast.Where(identity => identity.Standing == Standing.NotInForce || identity.Rights.Count == 0))
        {
            await SpendAsync(identity, ids[identity.Name], assignments[ids[identity.Name].ToString()], owners, cancellationToken);
        }

        return cast.ToDictionary(identity => identity.Name, identity => ids[identity.Name]);
    }

    /// <summary>Each holder's colleague stands in, so that there is something to withdraw.</summary>
    public Task DelegateAsync(IEnumerable<Owner> owners, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(owners, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = cancellationToken }, async (owner, cancel) =>
            owner.DelegationId = (await administrator.PostAsync("/api/identity/delegations", new { assignmentId = owner.HolderAssignmentId, deputyId = owner.PersonId, until = Today.AddDays(10) }, cancel))["id"]!.GetValue<Guid>());

    /// <summary>One school fills in for the teaching point, another one has.</summary>
    public async Task<(Guid Declared, Guid Ended)> FillInAsync(Owner school, Owner former, Owner point, CancellationToken cancellationToken)
    {
        async Task<Guid> DeclareAsync(Owner by) => (await administrator.PostAsync($"/api/identity/organisations/{by.Id}/fill-ins", new { teachingPointId = point.Id, assignmentIds = new[] { by.AssignmentId } }, cancellationToken))["id"]!.GetValue<Guid>();
        var ended = await DeclareAsync(former);
        await administrator.DeleteAsync($"/api/identity/fill-ins/{ended}", cancellationToken);
        return (await DeclareAsync(school), ended);
    }

    private static string Holder(Owner owner) => $"{Canaries.Of(owner.Place, Canaries.Person)}.2";

    // One right was taken away, one is over since yesterday, one begins tomorrow; nobody has none.
    private async Task SpendAsync(Identity identity, Guid personId, string elsewhere, IReadOnlyDictionary<string, Owner> owners, CancellationToken cancellationToken)
    {
        if (identity.Rights is [var right])
        {
            var (from, to) = right.Role switch
            {
                "reporter" => (Today.AddDays(-30), Today.AddDays(-1)),
                "city-supervisor" => (Today.AddDays(7), (DateOnly?)null),
                _ => (Today, null),
            };
            var given = await administrator.PostAsync("/api/identity/assignments", new { personId, role = right.Role, organisationId = owners[right.Place].Id, validFrom = from, validTo = to }, cancellationToken);
            if (from == Today)
            {
                await administrator.DeleteAsync($"/api/identity/assignments/{given["id"]}", cancellationToken);
            }
        }

        await administrator.DeleteAsync($"/api/identity/assignments/{elsewhere}", cancellationToken);
    }

    private static object New(string userName, string displayName, string? password, IEnumerable<Right> rights) => new
    {
        userName, displayName, password, assignments = rights.Select(right => new { role = right.Role, organisationCode = Tree.Code(right.Place) }),
    };

    private static JsonObject Facts(string place)
    {
        var facts = new JsonObject
        {
            ["code"] = Tree.Code(place), ["parentCode"] = Tree.Code(Tree.Parent(place)!), ["nameZh"] = $"{Canaries.Of(place, Canaries.Name)} 单位", ["nameEn"] = Canaries.Of(place, Canaries.Name),
            ["levelRoles"] = new JsonArray(Tree.Level(place)), ["kind"] = Tree.Level(place) == "school" ? "school" : "division", ["validFrom"] = "2020-09-01",
        };
        if (Tree.Level(place) == "school")
        {
            (facts["schoolType"], facts["urbanRural"], facts["runBy"]) = (place == Scene.TeachingPoint ? "teaching-point" : "primary", "town", "education-department");
            facts["grades"] = new JsonArray("g1", "g2", "g3", "g4", "g5", "g6");
        }

        return facts;
    }
}
