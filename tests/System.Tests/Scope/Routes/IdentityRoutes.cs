using Gengdu.System.Tests.Scope.World;
using static Gengdu.System.Tests.Scope.Declare;

namespace Gengdu.System.Tests.Scope.Routes;

internal static class IdentityRoutes
{
    private static readonly string[] Desks = ["administrator", "security-administrator"];
    private const string Protocol = "the authorization server: tests/Conformance and tests/Identity.Tests";

    public static IReadOnlyList<Route> All { get; } =
    [
        AuditRoutes.For("identity"),
        Unscoped("GET", "/identity/userinfo", Protocol),
        Unscoped("GET", "/identity/.well-known/openid-configuration", Protocol),
        Unscoped("GET", "/identity/jwks", Protocol),
        Unscoped("POST", "/identity/token", Protocol),
        Unscoped("POST", "/identity/revoke", Protocol),
        Unscoped("POST", "/identity/introspect", Protocol),
        Unscoped("POST", "/identity/par", Protocol),

        // The tree.
        Get("/api/identity/me").Expect((who, _) => who.Standing == Standing.System ? 404 : 200).Once(),
        Get("/api/identity/organisations").Query(aim => $"parentId={aim.Owner.Id}&pageSize=500").Expect(Everyone),
        Get("/api/identity/organisations/{id}").At(aim => aim.Owner.Id).Expect(Seen),
        Get("/api/identity/organisations/{id}/history").At(aim => aim.Owner.Id).Expect(Seen),
        Get("/api/identity/organisations/{id}/above").At(aim => aim.Owner.Id).Expect(Seen),
        // Whoever administers the place above decides; a move and a merger need the right at both ends.
        Changing(Put("/api/identity/organisations/{id}/name").Json(_ => new { nameZh = "新名称", nameEn = "New name" }), "C3S4"),
        Changing(Put("/api/identity/organisations/{id}/school-type").Json(_ => new { schoolType = "teaching-point", grades = new[] { "g1" } }).Only("school"), "C3S4"),
        Changing(Post("/api/identity/organisations/{id}/split").Json(_ => new { parts = new[] { Part } }).Only("school"), "C3S3"),
        Changing(Put("/api/identity/organisations/{id}/parent").Json(aim => new { parentId = aim.Scene.ZoneId }).Only("school"), "C2S4")
            .Expect((who, place) => Deciding(who, place) is not 200 and var refused ? refused : who.May("C", "administrator") ? 200 : 422),
        Changing(Post("/api/identity/organisations/{id}/merger").Json(aim => new { absorbed = new[] { new { id = aim.Scene.Owners["C3S2"].Id, version = aim.Scene.VersionOf(aim.Scene.Owners["C3S2"]) } } }).Only("school"), "C2S3")
            .Expect((who, place) => Deciding(who, place) is not 200 and var refused ? refused : who.May("C3S2", "administrator") ? 200 : 422),
        Changing(Put("/api/identity/organisations/{id}/closure").Json(_ => new { }).Only("school"), "C3S4"),
        Post("/api/identity/organisations/batch").Json(aim => new { organisations = new[] { NewSchool(aim.Owner) } }).Only("county").Expect(Below)
            .Harmless(422, route => route.Json(_ => new { organisations = Array.Empty<object>() })).Control("administrator@A1", "A1"),
        Post("/api/identity/organisations/imports").Query(_ => "preview=true").Text("text/csv", aim => Schools(aim.Owner)).Only("county").Expect(Below).Control("administrator@A1", "A1"),
        Post("/api/identity/divisions").Text("text/csv", _ => Divisions).Expect(AtProvince("administrator")).Once()
            .Harmless(422, route => route.Text("text/csv", _ => "nothing")).Control("administrator@P"),
        Post("/api/identity/republications").Expect(AtProvince("administrator")).Once().Control("administrator@P"),

        // People: by those who administer all their places.
        Post("/api/identity/people/batch").Json(aim => new { people = new[] { NewPerson(aim.Owner) } }).Expect(Accounts)
            .Harmless(422, route => route.Json(_ => new { people = Array.Empty<object>() })).Control("administrator@A1"),
        Unscoped("GET", "/api/identity/people/names", "a name for a whole user name or an id, asked by who sets up reviewer groups; experts work anywhere (FindPeopleTests)"),
        Get("/api/identity/people").Query(aim => $"organisationId={aim.Owner.Id}&pageSize=500")
            .Expect((who, place) => !who.Has(Desks) ? 403 : who.May(place, Desks) ? 200 : 404),
        Post("/api/identity/people/{id}/invitation").At(PersonId).Expect(Desk).Control("administrator@A1"),
        Post("/api/identity/people/{id}/password-reset").At(PersonId).Expect(Desk).Control("administrator@A1"),
        Post("/api/identity/people/{id}/unlock").At(PersonId).Expect(Desk).Control("administrator@A1"),
        Put("/api/identity/people/{id}/disabled").At(PersonId).Expect(Desk).Control("administrator@A1"),
        Delete("/api/identity/people/{id}/disabled").At(PersonId).Expect(Desk).Control("administrator@A1"),
        Unscoped("POST", "/api/identity/people/{id}/erasure", "only of a disabled person, once and for good: ErasePersonTests"),
        Delete("/api/identity/people/{id}/sessions").At(PersonId).Expect(Desk).Control("administrator@A1"),
        Delete("/api/identity/people/{id}/second-factor").At(PersonId).Expect(Desk).Control("administrator@A1"),

        Post("/api/identity/assignments").Json(Assignment(null)).Expect(Within("administrator"))
            .Harmless(422, route => route.Json(Assignment("2020-01-01"))).Control("administrator@A1"),
        Get("/api/identity/organisations/{id}/rights").At(aim => aim.Owner.Id).Expect(Within([.. Desks, "auditor"])),
        Get("/api/identity/organisations/{id}/fill-ins").At(aim => aim.Owner.Id).Expect(Within([.. Desks, "auditor"])),
        // The right is needed at the school and at the teaching point; whoever has it is told that there are no people to fill in, or no such pair.
        Post("/api/identity/organisations/{id}/fill-ins").At(aim => aim.Owner.Id).Json(FillIn(aim => [aim.Owner.AssignmentId])).Expect(FillingIn)
            .Harmless(422, route => route.Json(FillIn(_ => []))).Control("administrator@A", "A3S1"),
        // About the teaching point, whoever fills in for it: asked for from everywhere.
        Delete("/api/identity/fill-ins/{id}").At(aim => aim.Scene.FillInId).Expect((who, _) => Desk(who, Scene.TeachingPoint)).Harmless(409, route => route.At(aim => aim.Scene.EndedFillInId)).Control("administrator@A", Scene.TeachingPoint),
        Unscoped("GET", "/api/identity/me/contact", "one's own addresses: GetContactTests"),
        Unscoped("PUT", "/api/identity/me/contact", "one's own addresses: ChangeContactTests"),
        Unscoped("POST", "/api/identity/me/contact/codes", "one's own addresses: AskContactCodeTests"),
        Unscoped("POST", "/api/identity/me/contact/proofs", "one's own addresses: ProveContactTests"),
        Unscoped("GET", "/api/identity/deliveries/ways", "of the whole system, for the province's administrator alone: ListWaysTests"),
        Unscoped("GET", "/api/identity/deliveries", "of the whole system, for the province's administrator alone: ListGivenUpTests"),
        Unscoped("POST", "/api/identity/deliveries/{id}/retry", "of the whole system, for the province's administrator alone: RetryDeliveryTests"),
        Get("/api/identity/colleagues").Expect(Everyone).Once(),
        Unscoped("GET", "/api/identity/delegations", "one's own delegations: tests/Identity.Tests"),
        // What the sheet says of a foreign place is a fault of its row: ImportPeopleTests, and TR-25 below.
        Post("/api/identity/people/imports").File("people.csv", aim => Sheet(aim.Owner)).Expect(Holding([.. Desks, "auditor"]))
            .Harmless(200, route => route.Query(_ => "preview=true")).Control("administrator@A1"),
        Unscoped("GET", "/api/identity/people/imports/template", "an empty sheet, the same for everybody"),
        Put("/api/identity/assignments/{id}/period").At(aim => aim.Owner.AssignmentId).IfMatch(_ => 1).Json(_ => new { validTo = InDays(30) })
            .Expect(Desk).Harmless(412, route => route.IfMatch(_ => 99)).Control("administrator@A1"),
        Get("/api/identity/assignments/{id}/deputies").At(aim => aim.Owner.HolderAssignmentId).Expect(Within("administrator")),
        Post("/api/identity/delegations").Json(Delegation(10)).Expect(Within("administrator")).Harmless(422, route => route.Json(Delegation(-1))).Control("administrator@P", Scene.Undelegated),
        Delete("/api/identity/delegations/{id}").At(aim => aim.Owner.DelegationId).Where(owner => owner.Place is not (Cast.ControlPlace or Scene.Undelegated))
            .Expect(Desk).Control("administrator@A1", "A1S3"),
        Post("/api/identity/people/deactivations").Json(aim => new { personIds = new[] { aim.Owner.PersonId } }).Expect(Desk)
            .Harmless(422, route => route.Json(_ => new { personIds = Array.Empty<Guid>() })).Control("administrator@A1", "A1S3"),
        // The right is needed at both ends.
        Post("/api/identity/people/{id}/transfers").At(PersonId).Json(Transfer("moved")).Expect(Transferring)
            .Harmless(422, route => route.Json(Transfer(new string('x', 201)))).Control("administrator@A", "A1S3"),
        Delete("/api/identity/assignments/{id}").At(aim => aim.Owner.AssignmentId).Expect(Desk).Control("administrator@A1"),
    ];

    private const string Divisions = """
        code,parent_code,name_zh,name_en,level_roles,kind,valid_from,valid_to
        130109,130100,新区,New District,county,zone,2020-09-01,

        """;

    private static string Schools(Owner owner) =>
        $"code,parent_code,name_zh,name_en,school_type,urban_rural,run_by,grades\n2113{Tree.Code($"{owner.Place}S9")[4..]},{owner.Code},新学校,New school,primary,rural,private,g1\n";

    private static string Sheet(Owner owner) => $"姓名,登录名,角色,机构代码,有效期至\n新人,sheet.at.{owner.Place},reporter,{owner.Code},\n";

    private static Func<Aim, object> PersonId => aim => aim.Owner.PersonId;

    // Without the role the batch is refused as a whole; with it, a foreign place is an error of its row.
    private static int Below(Identity who, string place) => !who.Has("administrator") ? 403 : who.May(place, "administrator") ? 200 : 422;

    // Security administrators and auditors make accounts of their own kind only: a reporter's is an error of the row.
    private static int Accounts(Identity who, string place) => !who.Has([.. Desks, "auditor"]) ? 403 : who.May(place, "administrator") ? 200 : 422;

    // Changes of the tree are for whoever administers the place above; the province decides about itself.
    private static int Deciding(Identity who, string place) => !who.Sees(place) ? 404 : who.May(Above(place), "administrator") ? 200 : 403;

    // For who may: only asked what would happen. The control is at a school where nobody else looks, in the order of the list.
    private static Route Changing(Route route, string at) => route.At(aim => aim.Owner.Id).IfMatch(aim => aim.Scene.VersionOf(aim.Owner)).Expect(Deciding)
        .Harmless(200, real => real.Query(_ => "preview=true")).Control("administrator@P", at);

    private static string Above(string place) => place.IndexOf('S') is > 0 and var school ? place[..school] : place.Length == 2 ? place[..1] : Tree.Province;

    private static int Desk(Identity who, string place) => Within(Desks)(who, place);

    /// <summary>Nobody who is asked about stands there: whoever is moved to it is no stranger to its own people from then on.</summary>
    private const string Destination = "A2S4";

    private static int Transferring(Identity who, string place) =>
        !who.Sees(place) || !who.Sees(Destination) ? 404
        : !who.May(place, [.. Desks, "auditor"]) || !who.May(Destination, [.. Desks, "auditor"]) ? 403
        : place == Destination ? 422
        : who.May(place, "administrator") && who.May(Destination, "administrator") ? 200 : 403;

    private static int FillingIn(Identity who, string place) =>
        !who.Sees(place) || !who.Sees(Scene.TeachingPoint) ? 404
        : who.May(place, "administrator") && who.May(Scene.TeachingPoint, "administrator") ? 200 : 403;

    private static Func<Aim, object> FillIn(Func<Aim, Guid[]> assignments) => aim => new { teachingPointId = aim.Scene.Owners[Scene.TeachingPoint].Id, assignmentIds = assignments(aim) };

    private static Func<Aim, object> Transfer(string reason) => aim => new { fromOrganisationId = aim.Owner.Id, toOrganisationId = aim.Scene.Owners[Destination].Id, reason };

    private static Func<Aim, object> Delegation(int days) => aim => new { assignmentId = aim.Owner.HolderAssignmentId, deputyId = aim.Owner.PersonId, until = InDays(days) };

    private static string InDays(int days) => TimeProvider.System.GetUtcNow().AddHours(8).AddDays(days).ToString("yyyy-MM-dd", global::System.Globalization.CultureInfo.InvariantCulture);

    private static object NewSchool(Owner owner) => new
    {
        code = $"{Tree.Code($"{owner.Place}S9")}", parentCode = owner.Code, nameZh = "新学校", nameEn = "New school", levelRoles = new[] { "school" }, kind = "school", schoolType = "primary",
        urbanRural = "rural", runBy = "private", grades = new[] { "g1" },
    };

    private static object Part => new { code = "2113999999", nameZh = "分校", nameEn = "Branch", schoolType = "primary", urbanRural = "rural", runBy = "private", grades = new[] { "g1" } };

    private static object NewPerson(Owner owner) => new
    {
        userName = $"new.at.{owner.Place}", displayName = "New", assignments = new[] { new { role = "approver", organisationCode = owner.Code } },
    };

    private static Func<Aim, object> Assignment(string? validTo) => aim => new { personId = aim.Owner.PersonId, role = "approver", organisationId = aim.Owner.Id, validTo };
}
