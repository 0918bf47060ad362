using Gengdu.System.Tests.Scope.World;
using static Gengdu.System.Tests.Scope.Declare;

namespace Gengdu.System.Tests.Scope.Routes;

internal static class SupervisionRoutes
{
    public static IReadOnlyList<Route> All { get; } =
    [
        AuditRoutes.For("supervision"),
        Get("/api/supervision/queue").Query(aim => $"cycleId={aim.Scene.CycleId}&organisationId={aim.Owner.Id}&pageSize=500")
            .Expect((who, place) => !who.Sees(place) ? 404 : who.Has(Identity.Reviewers) ? 200 : 403),
        Get("/api/supervision/queue/places").Query(aim => $"cycleId={aim.Scene.CycleId}&step=city&organisationId={aim.Owner.Id}").Expect(Within(Identity.Reviewers)),
        Get("/api/supervision/reviews").Query(aim => $"cycleId={aim.Scene.CycleId}&organisationId={aim.Owner.Id}&pageSize=500").Expect(Everyone),
        Get("/api/supervision/reviews/{id}").At(aim => aim.Owner.Submitted.ReviewId).Only("school", "county", "city").Expect(Read),
        Post("/api/supervision/reviews/{id}/approval").At(aim => aim.Owner.Submitted.ReviewId).Only("school", "county", "city")
            .Json(_ => new { revision = 1 }).Expect(Step).Harmless(409, route => route.Json(_ => new { revision = 99 })).Control("county-reviewer@A1"),
        Post("/api/supervision/reviews/{id}/return").At(aim => aim.Owner.Returnable.ReviewId).Only("school", "county", "city")
            .Json(Reasons("matrix")).Expect(Step).Harmless(422, route => route.Json(Reasons(""))).Control("county-reviewer@A1"),
        Unscoped("GET", "/api/supervision/notices", "the reader's own and nobody else's, wherever they are about (ListNoticesTests)"),
        Unscoped("GET", "/api/supervision/notices/count", "the reader's own (CountNoticesTests)"),
        Unscoped("PUT", "/api/supervision/notices/{id}/reading", "the reader's own; anybody else's is not found (ReadNoticeTests)"),
        Unscoped("POST", "/api/supervision/notices/readings", "the reader's own (ReadNoticesTests)"),
        Put("/api/supervision/reviews/{id}/opening").At(aim => aim.Owner.Submitted.ReviewId).Only("school", "county", "city")
            .Json(_ => new { revision = 1 }).Expect(Step).Harmless(409, route => route.Json(_ => new { revision = 99 })).Control("county-reviewer@A1", "A1S3"),
        Post("/api/supervision/reviews/{id}/withdrawal").At(aim => aim.Owner.Returnable.ReviewId).Only("school", "county", "city")
            .Json(_ => new { revision = 1 }).Expect(Own("approver")).Harmless(409, route => route.Json(_ => new { revision = 99 })).Control("approver@A1S2", "A1S2"),
        Put("/api/supervision/reviews/{id}/answers").At(aim => aim.Owner.Returned.ReviewId).Only("school")
            .Json(Answers("matrix")).Expect(Own("reporter", "approver")).Harmless(422, route => route.Json(Answers(""))).Control("reporter@A1S4"),
        // Asked at two places, for one request can be answered once.
        Post("/api/supervision/reviews/{id}/unlock-requests").At(aim => aim.Owner.Accepted.ReviewId).Only("school")
            .Json(Words("matrix")).Expect(Asking).Harmless(422, route => route.Json(Words(""))).Control("approver@A1S4").Control("county-reviewer@A1", "A1S3"),
        Post("/api/supervision/reviews/{id}/unlock").At(aim => aim.Owner.Accepted.ReviewId).Only("school")
            .Json(Words("matrix")).Expect(AtTop).Harmless(422, route => route.Json(Words(""))).Control("province-owner@P"),
        Post("/api/supervision/reviews/{id}/unlock-refusal").At(aim => aim.Owner.Accepted.ReviewId).Only("school")
            .Json(Words("matrix")).Expect(AtTop).Harmless(422, route => route.Json(Words(""))).Control("province-owner@P", "A1S3"),
        Get("/api/supervision/reports/{reportId}/conversations").At(aim => aim.Owner.ReportId).Expect(Read),
        Get("/api/supervision/reports/{reportId}/conversations/{moduleKey}").At(aim => aim.Owner.ReportId, aim => aim.Owner.Returned.Key).Expect(Read),
        Post("/api/supervision/reports/{reportId}/conversations/{moduleKey}/messages").At(aim => aim.Owner.ReportId, aim => aim.Owner.Returned.Key).Json(Said("matrix")).Expect(Read)
            .Harmless(422, route => route.Json(Said(""))).Control("reporter@A1S4"),
        Put("/api/supervision/reports/{reportId}/conversations/{moduleKey}/reading").At(aim => aim.Owner.ReportId, aim => aim.Owner.Returned.Key).Json(_ => new { upTo = 1 }).Expect(Read)
            .Harmless(204, route => route.Json(_ => new { upTo = 0 })).Control("reporter@A1S4"),
        // Struck by its author alone, who is the county's reviewer in this world: whoever else sees it is told so.
        Post("/api/supervision/reports/{reportId}/conversations/{moduleKey}/messages/{number}/strike").At(aim => aim.Owner.ReportId, aim => aim.Owner.Returned.Key, _ => 1).Where(owner => owner.Level == "school" && Scene.Filled.Contains(owner.Place))
            .Expect((who, place) => Read(who, place) is not 200 and var refused ? refused : who.Name == $"county-reviewer@{Tree.Parent(place)}" ? 200 : 403)
            .Control("county-reviewer@A1"),
        Get("/api/supervision/reviewer-groups").Expect(Holding([.. Identity.Reviewers, "administrator"])).Once(),
        Unscoped("GET", "/api/supervision/reviewer-groups/work", "what groups let the reader review, nothing for who is in none; no group stands in this world (ListGroupWorkTests)"),
        Post("/api/supervision/reviewer-groups").Only("county", "city").Json(Group("matrix")).Expect(Giving)
            .Harmless(422, route => route.Json(Group(""))).Control("county-reviewer@A1", "A1"),
        // One that is not there: ending a real one is EndReviewerGroupTests' and tried there from both sides.
        Unscoped("DELETE", "/api/supervision/reviewer-groups/{id}", "no group stands in this world before the controls (EndReviewerGroupTests)"),
        Get("/api/supervision/return-reasons").Query(aim => $"cycleId={aim.Scene.CycleId}&organisationId={aim.Owner.Id}").Expect(Within(Identity.Reviewers)),
        Get("/api/supervision/return-phrases").Query(aim => $"organisationId={aim.Owner.Id}").Expect(Within(Identity.Reviewers)),
        Post("/api/supervision/return-phrases").Only("county", "city").Json(Phrase("matrix")).Expect((who, place) => !who.Sees(place) ? 404 : who.Is(place, Identity.Reviewers) ? 200 : 403)
            .Harmless(422, route => route.Json(Phrase(""))).Control("county-reviewer@A1", "A1"),
        Unscoped("DELETE", "/api/supervision/return-phrases/{id}", "no words are kept in this world before the controls (RemoveReturnPhraseTests)"),
        Post("/api/supervision/approvals").Only("school")
            .Json(aim => new { cycleId = aim.Scene.CycleId, step = "county", reviewIds = new[] { aim.Owner.Submitted.ReviewId } })
            .Expect((who, place) => !who.Has("county-reviewer") ? 403 : !who.Sees(place) ? 404 : who.May(place, "county-reviewer") ? 200 : 403)
            .Harmless(422, route => route.Json(aim => new { cycleId = aim.Scene.CycleId, step = "county", reviewIds = Array.Empty<Guid>() })).Control("county-reviewer@A1", "A1S3"),
        Get("/api/supervision/board").Query(aim => $"cycleId={aim.Scene.CycleId}&organisationId={aim.Owner.Id}").Expect(Within(Identity.Reviewers)),
        Get("/api/supervision/board/reports").Query(aim => $"cycleId={aim.Scene.CycleId}&organisationId={aim.Owner.Id}&state=not-submitted&pageSize=500").Expect(Within(Identity.Reviewers)),
        Get("/api/supervision/home").Query(aim => $"organisationId={aim.Owner.Id}")
            .Expect((who, place) => !who.Sees(place) ? 404 : who.Is(place, Anybody) ? 200 : 403),
        Get("/api/supervision/urges").Query(aim => $"cycleId={aim.Scene.CycleId}&organisationId={aim.Owner.Id}&pageSize=500").Expect(Seen),
        Get("/api/supervision/escalations").Query(aim => $"cycleId={aim.Scene.CycleId}&organisationId={aim.Owner.Id}&pageSize=500").Expect(Seen),
        Post("/api/supervision/urges").Only("school")
            .Json(aim => new { cycleId = aim.Scene.CycleId, state = "not-submitted", organisationId = aim.Owner.Id, organisationIds = new[] { aim.Owner.Id } })
            .Expect(Within(Identity.Reviewers))
            .Harmless(422, route => route.Json(aim => new { cycleId = aim.Scene.CycleId, state = "not-submitted", organisationId = aim.Owner.Id, organisationIds = Array.Empty<Guid>() })).Control("county-reviewer@A1"),
        Post("/api/supervision/acknowledgements").Where(owner => owner.UrgeId != default).Json(Answer(1)).Expect(Own("reporter", "approver"))
            .Harmless(422, route => route.Json(Answer(-1))).Control("reporter@A1S4"),
        Get("/api/supervision/samples").Query(aim => $"cycleId={aim.Scene.CycleId}&organisationId={aim.Owner.Id}&pageSize=500").Expect(Everyone),
        Post("/api/supervision/samples").Only("county")
            .Json(aim => new { cycleId = aim.Scene.CycleId, step = "city", organisationId = aim.Owner.Id, sharePercent = 15 })
            .Expect(ByCity).Harmless(422, route => route.Json(aim => new { cycleId = aim.Scene.CycleId, step = "city", organisationId = aim.Owner.Id, sharePercent = 1 })).Control("city-supervisor@A", "A3"),
        Get("/api/supervision/samples/{id}").At(aim => aim.Owner.SampleId).Where(Sampled).Expect(Within(Identity.Reviewers)),
        Get("/api/supervision/samples/{id}/proof").At(aim => aim.Owner.SampleId).Where(Drawn).Expect(Within(Identity.Reviewers)),
        Post("/api/supervision/samples/{id}/draw").At(aim => aim.Owner.SampleId).Where(Drawn).Expect(ByCity).Harmless(409, route => route).Control("city-supervisor@B", Reviewing.AnnouncedCounty),
        Post("/api/supervision/samples/{id}/approval").At(aim => aim.Owner.SampleId).Where(owner => Drawn(owner) && owner.Place != Reviewing.ReadCounty)
            .Expect(ByCity).Harmless(409, route => route).Control("city-supervisor@C", Reviewing.ReadCounty),
        Get("/api/supervision/dispatches").Query(aim => $"cycleId={aim.Scene.CycleId}&organisationId={aim.Owner.Id}").Expect(Within(Identity.Reviewers)),
        Get("/api/supervision/dispatches/missing").Query(aim => $"cycleId={aim.Scene.CycleId}&organisationId={aim.Owner.Id}").Expect(Within(Identity.Reviewers)),
        Post("/api/supervision/dispatches").Only("county").Json(Gaps("other")).Expect((who, place) => !who.Sees(place) ? 404 : who.Is(place, "county-reviewer") ? 200 : 403)
            .Harmless(422, route => route.Json(Gaps("none"))).Control("county-reviewer@A1", "A1"),
        Post("/api/supervision/dispatches/{id}/decision").At(aim => aim.Owner.DispatchId).Only("county").Json(_ => new { allow = true }).Expect(ByCity)
            .Harmless(422, route => route.Json(_ => new { allow = false })).Control("city-supervisor@A", "A2"),
    ];

    private static string[] Anybody => ["reporter", "approver", "county-reviewer", "city-supervisor", "province-owner", "administrator", "security-administrator", "auditor"];

    private static Func<Aim, object> Answer(int days) => aim => new { doneBy = TimeProvider.System.GetUtcNow().AddDays(days), urgeIds = new[] { aim.Owner.UrgeId } };

    private static bool Sampled(Owner owner) => owner.Level == "county" && owner.Place != Reviewing.UnsampledCounty;

    private static bool Drawn(Owner owner) => Sampled(owner) && owner.Place != Reviewing.AnnouncedCounty;

    private static int ByCity(Identity who, string place) => !who.Sees(place) ? 404 : who.Is(Tree.Parent(place)!, "city-supervisor") ? 200 : 403;

    /// <summary>No school of the scene is complete: each has to be named.</summary>
    private static Func<Aim, object> Gaps(string code) => aim => new
    {
        cycleId = aim.Scene.CycleId,
        organisationId = aim.Owner.Id,
        gaps = aim.Scene.Owners.Values.Where(at => at.Level == "school" && Tree.Parent(at.Place) == aim.Owner.Place).Select(at => new { reportId = at.ReportId, code, text = "matrix" }),
    };

    private static int Read(Identity who, string place) =>
        !who.Sees(place) ? 404 : who.Is(place, "reporter", "approver") || who.May(place, Identity.Reviewers) ? 200 : 403;

    /// <summary>A school's form waits at its county, a county's at its city, a city's at the province; nobody else acts, above or below.</summary>
    private static int Step(Identity who, string place) => !who.Sees(place) ? 404 : Tree.Level(place) switch
    {
        "school" => who.Is(Tree.Parent(place)!, "county-reviewer"),
        "county" => who.Is(Tree.Parent(place)!, "city-supervisor"),
        _ => who.Is(Tree.Province, "province-owner"),
    } ? 200 : 403;

    private static Func<Aim, object> Said(string text) => _ => new { key = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()), text };

    private static Func<Aim, object> Reasons(string text) => _ => new { revision = 1, reasons = new[] { new { code = "unclear", text } } };

    private static Func<Aim, object> Words(string words) => _ => new { words };

    private static Func<Aim, object> Answers(string text) => _ => new { revision = 1, answers = new[] { new { reason = 0, text } } };

    private static int Asking(Identity who, string place) =>
        !who.Sees(place) ? 404 : who.Is(place, "approver") || who.Is(Tree.Parent(place)!, "county-reviewer") ? 200 : 403;

    private static int AtTop(Identity who, string place) => !who.Sees(place) ? 404 : who.Is(Tree.Province, "province-owner") ? 200 : 403;

    private static Func<Aim, object> Group(string name) => aim => new
    {
        name, level = aim.Owner.Level, organisationId = aim.Owner.Id, personIds = new[] { aim.Owner.PersonId }, organisationIds = new[] { aim.Owner.Id },
        validTo = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(30),
    };

    private static Func<Aim, object> Phrase(string text) => aim => new { organisationId = aim.Owner.Id, code = "other", text };

    private static int Giving(Identity who, string place) =>
        !who.Sees(place) ? 404 : who.Is(place, Tree.Level(place) == "county" ? "county-reviewer" : "city-supervisor") || who.May(place, "administrator") ? 200 : 403;
}
