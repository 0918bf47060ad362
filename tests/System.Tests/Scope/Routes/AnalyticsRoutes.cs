using Gengdu.System.Tests.Scope.World;
using static Gengdu.System.Tests.Scope.Declare;

namespace Gengdu.System.Tests.Scope.Routes;

internal static class AnalyticsRoutes
{
    // Whoever sees the totals of a place alone, as a department's own reporters do, has no parts of it to lay out.
    private static readonly string[] WithASubtree = ["county-reviewer", "city-supervisor", "province-owner", "administrator", "security-administrator", "auditor"];

    public static IReadOnlyList<Route> All { get; } =
    [
        AuditRoutes.For("analytics"),
        Get("/api/analytics/cycles").Expect(Holding()).Once(),
        Get("/api/analytics/dashboards/nodes/{organisationId}").At(aim => aim.Owner.Id).Query(aim => $"cycleId={aim.Scene.CycleId}").Only("province", "city", "county").Expect(Seen),
        Unscoped("GET", "/api/analytics/dashboards/nodes/{organisationId}/stream", "goes on and on, and is what the page answers once: StreamNodeDashboardTests, whose refusals are those of DashboardHead"),
        Get("/api/analytics/dashboards/schools/{organisationId}").At(aim => aim.Owner.Id).Query(aim => $"cycleId={aim.Scene.CycleId}").Only("school").Expect(Seen),
        Unscoped("GET", "/api/analytics/dashboards/schools/{organisationId}/stream", "goes on and on, and is what the page answers once: StreamSchoolDashboardTests, whose refusals are those of DashboardHead"),
        Get("/api/analytics/figures/{indicator}").At(_ => "K03").Query(Place).Only("province", "city", "county").Expect(Seen),
        Get("/api/analytics/figures/index").Query(Place).Expect(Seen),
        Get("/api/analytics/figures/{indicator}/schools").At(_ => "K03").Query(aim => Place(aim) + "&pageSize=500").Only("province", "city", "county").Expect(Seen),
        Get("/api/analytics/figures/{indicator}/breakdown").At(_ => "K03").Query(aim => Place(aim) + "&by=county").Only("province", "city", "county").Expect(Seen),
        Get("/api/analytics/figures/{indicator}/series").At(_ => "K03").Query(Place).Expect(Seen),
        Get("/api/analytics/figures/{indicator}/peers").At(_ => "K03").Query(Place).Only("school").Expect(Seen),
        Get("/api/analytics/figures/{indicator}/steps").At(_ => "K03").Query(Place).Only("school").Expect(Seen),
        Get("/api/analytics/comparisons/{organisationId}/matrix").At(aim => aim.Owner.Id).Query(aim => $"cycleId={aim.Scene.CycleId}&below=counties").Only("province", "city", "county").Expect(Seen),
        Get("/api/analytics/comparisons/{organisationId}/spreads").At(aim => aim.Owner.Id).Query(aim => $"cycleId={aim.Scene.CycleId}&indicators=K03,K27&by=county").Only("province", "city", "county").Expect(Seen),
        Get("/api/analytics/comparisons/{organisationId}/scatter").At(aim => aim.Owner.Id).Query(aim => $"cycleId={aim.Scene.CycleId}&x=K03&y=K27").Only("province", "city", "county").Expect(Seen),
        Get("/api/analytics/comparisons/{organisationId}/sparklines").At(aim => aim.Owner.Id).Query(aim => $"cycleId={aim.Scene.CycleId}&indicator=K03").Only("province", "city", "county").Expect(Seen),
        Get("/api/analytics/comparisons/{organisationId}/sums").At(aim => aim.Owner.Id).Query(aim => $"cycleId={aim.Scene.CycleId}&module=capital-investment&section=uses").Only("province", "city", "county").Expect(Seen),
        Get("/api/analytics/comparisons/{organisationId}/progress").At(aim => aim.Owner.Id).Query(aim => $"cycleId={aim.Scene.CycleId}").Only("province", "city", "county").Expect(Seen),
        Get("/api/analytics/quality/schools/{organisationId}").At(aim => aim.Owner.Id).Query(aim => $"cycleId={aim.Scene.CycleId}").Only("school").Expect(Seen),
        Get("/api/analytics/quality/nodes/{organisationId}").At(aim => aim.Owner.Id).Query(aim => $"cycleId={aim.Scene.CycleId}").Only("province", "city", "county").Expect(Seen),
        Get("/api/analytics/quality/nodes/{organisationId}/schools").At(aim => aim.Owner.Id).Query(aim => $"cycleId={aim.Scene.CycleId}&pageSize=500").Only("province", "city", "county").Expect(Seen),
        Get("/api/analytics/explore/table").Query(aim => $"cycles={aim.Scene.CycleId}&indicators=K03&rows=school-type&organisationId={aim.Owner.Id}").Only("province", "city", "county").Expect(Within(WithASubtree)),
        Get("/api/analytics/explore/views").Expect(Holding()).Once(),
        Post("/api/analytics/explore/views").Json(aim => View(aim, "K03 by type")).Only("province", "city", "county").Expect(Within(WithASubtree))
            .Harmless(422, route => route.Json(aim => View(aim, " "))).Control("county-reviewer@A1", "A1"),
        Unscoped("GET", "/api/analytics/explore/views/{id}", "one's own question, or one whose owner shares it and whose place the asker sees: GetViewTests"),
        Unscoped("PUT", "/api/analytics/explore/views/{id}", "one's own alone: ChangeViewTests"),
        Unscoped("DELETE", "/api/analytics/explore/views/{id}", "one's own alone: RemoveViewTests"),
        Get("/api/analytics/explore/boards").Expect(Holding()).Once(),
        Post("/api/analytics/explore/boards").Json(_ => new { title = "K03", shared = false, tiles = Array.Empty<object>() }).Expect(Holding()).Once()
            .Harmless(422, route => route.Json(_ => new { title = " ", shared = false, tiles = Array.Empty<object>() })).Control("county-reviewer@A1"),
        Unscoped("GET", "/api/analytics/explore/boards/{id}", "one's own, or one whose owner shares it and on which the asker may open something: GetBoardTests"),
        Unscoped("PUT", "/api/analytics/explore/boards/{id}", "one's own alone: ChangeBoardTests"),
        Unscoped("DELETE", "/api/analytics/explore/boards/{id}", "one's own alone: RemoveBoardTests"),
        Get("/api/analytics/definitions/{programmeKey}").At(_ => "labor-education").Expect(Holding()).Once(),
        Get("/api/analytics/maps").Expect(AtProvince("province-owner", "administrator")).Once(),
        Get("/api/analytics/maps/in-force").Expect(Holding()).Once(),
        Put("/api/analytics/maps/in-force").Json(_ => new { number = (int?)null }).Expect(AtProvince("province-owner", "administrator")).Once()
            .Harmless(404, route => route.Json(_ => new { number = 999_999 })).Control("administrator@P"),
        Unscoped("POST", "/api/analytics/maps", "the outlines of all counties of today, by those who may choose a map: ImportMapTests"),
        Unscoped("GET", "/api/analytics/maps/{number}/shapes", "outlines are nobody's; a version not in force is for those who may choose: GetMapShapesTests"),
        Get("/api/analytics/publications").Query(aim => $"cycleId={aim.Scene.CycleId}").Expect(Holding()).Once(),
        Get("/api/analytics/publications/check").Query(aim => $"cycleId={aim.Scene.CycleId}").Expect(AtProvince("province-owner")).Once(),
        Post("/api/analytics/publications/drafts").Json(aim => new { cycleId = aim.Scene.CycleId }).Expect(AtProvince("province-owner")).Once()
            .Harmless(404, route => route.Json(_ => new { cycleId = Guid.Empty })).Control("province-owner@P"),
        Get("/api/analytics/publications/drafts").Query(aim => $"cycleId={aim.Scene.CycleId}").Expect(AtProvince("province-owner", "administrator")).Once(),
        Unscoped("GET", "/api/analytics/publications/drafts/{id}/changes", "what everybody will read, for those who draft and check: ListDraftChangesTests"),
        Unscoped("POST", "/api/analytics/publications/drafts/{id}/check", "totals of the whole province, for those who check: CheckDraftTests"),
        Unscoped("DELETE", "/api/analytics/publications/drafts/{id}", "totals of the whole province, for those who draft: DiscardDraftTests"),
        Unscoped("POST", "/api/analytics/publications", "a draft that somebody else has checked, for the owner: PublishFiguresTests"),
        Unscoped("GET", "/api/analytics/open/publications", "open to everybody, nothing of a school: tests/Analytics.Tests/OpenFigures, tests/Gateway.Tests/PublicRouteTests"),
        Unscoped("GET", "/api/analytics/open/publications/{cycleId}/{number}", "open to everybody, nothing of a school: GetOpenFiguresTests"),
        Unscoped("GET", "/api/analytics/open/publications/{cycleId}/{number}/changes", "open to everybody, nothing of a school: ListOpenChangesTests"),
        Unscoped("GET", "/api/analytics/open/publications/{cycleId}/{number}/figures.csv", "open to everybody, nothing of a school: DownloadOpenFiguresTests"),
        Unscoped("GET", "/api/analytics/open/publications/{cycleId}/{number}/figures.json", "open to everybody, nothing of a school: DownloadOpenJsonTests"),
        Post("/api/analytics/rebuilds").Json(aim => new { cycleId = aim.Scene.CycleId }).Expect(AtProvince("province-owner", "administrator")).Once()
            .Harmless(404, route => route.Json(_ => new { cycleId = Guid.Empty })).Control("province-owner@P"),
        Get("/api/analytics/rebuilds").Expect(AtProvince("province-owner", "administrator")).Once(),
        Unscoped("GET", "/api/analytics/rebuilds/{id}", "counts of a whole cycle, for those who may start it: RebuildFiguresTests"),
        Unscoped("DELETE", "/api/analytics/rebuilds/{id}", "ends the counting of a whole cycle, for those who may start it: CancelRecountTests"),
        Post("/api/analytics/exports").Json(aim => new { kind = "values", format = "csv", cycleId = aim.Scene.CycleId, organisationId = aim.Owner.Id, language = "en" })
            .Expect((who, place) => !who.Sees(place) ? 404 : who.Is(place, "reporter", "approver") || who.May(place, Identity.Reviewers) ? 200 : 403)
            .Harmless(422, route => route.Json(aim => new { kind = "values", format = "docx", cycleId = aim.Scene.CycleId, organisationId = aim.Owner.Id, language = "en" })).Control("county-reviewer@A1"),
        Get("/api/analytics/exports").Expect(Everyone).Once(),
        Unscoped("GET", "/api/analytics/exports/{id}", "the asker's own alone, and only while they see the place: GetExportTests"),
        Unscoped("DELETE", "/api/analytics/exports/{id}", "the asker's own alone: CancelExportTests"),
        Unscoped("GET", "/api/analytics/exports/{id}/file", "the asker's own alone, the right looked at again: FetchExportTests"),
        Get("/api/analytics/feed-keys").Expect(Everyone).Once(),
        Post("/api/analytics/feed-keys").Json(_ => new { name = "Excel", days = 30 }).Expect(Holding()).Once().Harmless(422, route => route.Json(_ => new { name = " ", days = 30 })).Control("county-reviewer@A1"),
        Unscoped("DELETE", "/api/analytics/feed-keys/{id}", "one's own alone: RemoveFeedKeyTests"),
        Unscoped("GET", "/api/analytics/feed", "by a key, never by a token; the names of the sets: GetFeedTests, System.Tests FeedTests"),
        Unscoped("GET", "/api/analytics/feed/$metadata", "by a key, never by a token; the same for everybody: GetFeedMetadataTests"),
        Unscoped("GET", "/api/analytics/feed/{set}", "by a key, with the rights of its person at that moment: ReadFeedSetTests, FeedKeyAuthenticationTests, System.Tests FeedTests"),
        Unscoped("GET", "/api/analytics/feed/{set}/$count", "as the rows it counts: CountFeedSetTests"),
    ];

    private static object View(Aim aim, string name) =>
        new { name, question = new { organisationId = aim.Owner.Id, cycles = aim.Scene.CycleId.ToString(), indicators = "K03", rows = "school-type", columns = (string?)null, where = (string?)null }, shared = false, sending = (string?)null };

    private static string Place(Aim aim) => $"cycleId={aim.Scene.CycleId}&organisationId={aim.Owner.Id}";
}
