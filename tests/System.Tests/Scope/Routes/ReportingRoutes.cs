using Gengdu.System.Tests.Scope.World;
using static Gengdu.System.Tests.Scope.Declare;

namespace Gengdu.System.Tests.Scope.Routes;

internal static class ReportingRoutes
{
    private const long Stale = 999_999;
    private const string ModuleReport = "/api/reporting/module-reports/{id}";

    public static IReadOnlyList<Route> All { get; } =
    [
        AuditRoutes.For("reporting"),
        Get("/api/reporting/programmes").Expect(Everyone).Once(),
        Get("/api/reporting/programmes/{key}/versions/{version}").At(_ => "labor-education", aim => aim.Scene.ProgrammeVersion).Expect(Everyone).Once(),

        Put("/api/reporting/master-figures").Json(_ => new { source = "matrix", asOf = "2026-09-01", figures = new[] { new { code = "2100000000", key = "students", value = 1 } } })
            .Expect(Holding("province-owner")).Once()
            .Harmless(422, route => route.Json(_ => new { source = "", asOf = "2026-09-01", figures = new[] { new { code = "2100000000", key = "students", value = 1 } } })).Control("province-owner@P"),

        // Of the own subtree: a foreign school's row is a fault of the file, and its figures are in no list.
        Get("/api/reporting/master-figures").Query(_ => "pageSize=500").Expect(Holding("province-owner", "administrator")).Once(),
        Get("/api/reporting/master-figures/sources").Expect(Holding("province-owner", "administrator")).Once(),
        Post("/api/reporting/master-figures/imports").Query(_ => "source=matrix&asOf=2026-09-01&preview=true").File("register.csv", aim => $"code,students\n{aim.Owner.Code},1\n")
            .Expect(Holding("province-owner", "administrator")).Control("administrator@A1"),
        Unscoped("GET", "/api/reporting/master-figures/imports/template", "an empty sheet, the same for everybody"),

        // Cycles: everybody below the province sees them, the province owner runs them.
        Get("/api/reporting/cycles").Expect(Everyone).Once(),
        Post("/api/reporting/cycles").Json(_ => NewCycle()).Expect(Holding("province-owner")).Once()
            .Harmless(422, route => route.Json(_ => NewCycle(nameZh: ""))).Control("province-owner@P"),
        Get("/api/reporting/cycles/{id}").At(CycleId).Expect(Below).Once(),
        Post("/api/reporting/cycles/{id}/opening").At(SpareCycleId).Expect(Running).Once().Harmless(409, route => route.At(CycleId)).Control("province-owner@P"),
        Post("/api/reporting/cycles/{id}/closing").At(SpareCycleId).Expect(Running).Once().Harmless(409, route => route).Control("province-owner@P"),
        Get("/api/reporting/cycles/{id}/programme-versions").At(CycleId).Expect(Below).Once(),
        Post("/api/reporting/cycles/{id}/programme-version").At(CycleId).Query(_ => "preview=true").IfMatch(_ => Stale)
            .Json(aim => new { programmeVersion = aim.Scene.ProgrammeVersion, reason = "matrix" }).Expect(Running).Once()
            .Harmless(412, route => route.Query(_ => "preview=false")).Control("province-owner@P"),
        Post("/api/reporting/cycles/{id}/extensions").At(CycleId).Json(Extension(+30)).Expect(Within(Identity.Reviewers))
            .Harmless(422, route => route.Json(Extension(-1))).Control("county-reviewer@A1"),

        // More time: the organisation itself asks, or who leads there; somebody strictly above answers.
        Get("/api/reporting/working-days/{day}").At(_ => "2026-10-03").Expect(Everyone).Once(),
        Get("/api/reporting/cycles/{id}/extension-requests").At(CycleId).Query(_ => "pageSize=500").Expect(Everyone).Once(),
        Post("/api/reporting/cycles/{id}/extension-requests").At(CycleId).Json(Extension(+60)).Expect(Asking)
            .Harmless(422, route => route.Json(Extension(+60, reason: ""))).Control("reporter@A1S1", "A1S1"),
        Post("/api/reporting/cycles/{id}/extension-requests/{organisationId}/decision").At(CycleId, aim => aim.Owner.Id)
            .Json(aim => new { requestId = aim.Scene.ExtensionRequestId, approve = false, reason = "matrix" }).Expect(Above)
            .Harmless(422, route => route.Json(aim => new { requestId = aim.Scene.ExtensionRequestId, approve = false, reason = "" })).Control("county-reviewer@A1"),

        // Exempt: a county (or city) asks for what lies in it, and a city or the province answers.
        Get("/api/reporting/cycles/{id}/exemption-requests").At(CycleId).Query(_ => "pageSize=500").Expect(Everyone).Once(),
        Post("/api/reporting/reports/{id}/exemption-request").At(aim => aim.Owner.ReportId).Json(_ => new { cause = "other", reason = "matrix", document = "matrix" })
            .Expect(Within("county-reviewer", "city-supervisor")).Harmless(422, route => route.Json(_ => new { cause = "other", reason = "", document = "matrix" })).Control("county-reviewer@A1", "A1S3"),
        Post("/api/reporting/reports/{id}/exemption-decision").At(aim => aim.Owner.ReportId)
            .Json(aim => new { requestId = aim.Scene.ExemptionRequestId, grant = false, reason = "matrix" })
            .Expect(Within("city-supervisor", "province-owner")).Harmless(422, route => route.Json(aim => new { requestId = aim.Scene.ExemptionRequestId, grant = false, reason = "" }))
            .Control("city-supervisor@A"),
        // The deadline room: who reviews a county, a city or the province, for what lies below.
        Get("/api/reporting/cycles/{id}/deadline-room").At(CycleId).Query(aim => $"organisationId={aim.Owner.Id}").Expect(Within(Identity.Reviewers)),
        Get("/api/reporting/cycles/{id}/deadline-room/stuck").At(CycleId).Query(aim => $"organisationId={aim.Owner.Id}&kind=missing&pageSize=500").Expect(Within(Identity.Reviewers)),
        Unscoped("GET", "/api/reporting/cycles/{id}/deadline-room/stream", "goes on and on, and is what deadline-room answers once: tests/Reporting.Tests/DeadlineRoom, whose refusals are those of RoomPlace"),

        Get("/api/reporting/outages").Expect(Everyone).Once(),
        Post("/api/reporting/outages").Json(_ => new { startedAt = "2026-01-05T00:00:00Z", endedAt = "2026-01-05T01:00:00Z", reason = "matrix" }).Expect(Holding("province-owner")).Once()
            .Harmless(422, route => route.Json(_ => new { startedAt = "2026-01-05T00:00:00Z", endedAt = "2026-01-05T01:00:00Z", reason = "" })).Control("province-owner@P"),

        Get("/api/reporting/reports").Query(aim => $"cycleId={aim.Scene.CycleId}&organisationId={aim.Owner.Id}&pageSize=500").Expect(Seen),
        Get("/api/reporting/reports/{id}").At(aim => aim.Owner.ReportId).Expect(Seen),
        Get("/api/reporting/reports/{id}/modules/{moduleKey}").At(aim => aim.Owner.ReportId, aim => aim.Owner.Ready.Key).Expect(Seen),

        // The same people as for what stands in it.
        Get("/api/reporting/reports/{id}/document").At(aim => aim.Owner.ReportId).Expect(Content).Harmless(400, route => route.Query(_ => "language=xx"))
            .Control("approver@A1S4"),
        Get($"{ModuleReport}/revisions/{{number}}/document").At(aim => aim.Owner.Submitted.Id, _ => 1).Only("school", "county", "city").Expect(Content)
            .Harmless(400, route => route.Query(_ => "language=xx")).Control("approver@A1S4"),

        // Whoever holds a receipt's code may see of it what CheckReceipt says, signed in or not; which columns, and no others, and that wrong codes are answered alike.
        Unscoped("POST", "/api/reporting/checks", "open to everybody: tests/Reporting.Tests/Checks, tests/Gateway.Tests/PublicRouteTests"),

        // What was typed is the organisation's own; what was submitted is open to the line of review.
        Get(ModuleReport).At(aim => aim.Owner.Draft.Id).Expect(Seen),
        Patch($"{ModuleReport}/values").At(aim => aim.Owner.Draft.Id).IfMatch(aim => aim.Owner.Draft.Version)
            .Json(aim => new { changes = new[] { new { at = aim.Owner.Level == "school" ? "principal_name" : $"{aim.Owner.Level}_policy_title", value = "another hand" } } })
            .Expect(Own("reporter", "approver")).Harmless(412, route => route.IfMatch(_ => Stale)).Control("reporter@A1S4"),
        Get($"{ModuleReport}/edits").At(aim => aim.Owner.Draft.Id).Expect(Own("reporter", "approver")),
        Put($"{ModuleReport}/presence").At(aim => aim.Owner.Draft.Id).Json(_ => new { name = "a colleague" })
            .Expect(Own("reporter", "approver")).Harmless(422, route => route.Json(_ => new { name = new string('x', 61) })).Control("reporter@A1S4"),
        Delete($"{ModuleReport}/presence").At(aim => aim.Owner.Draft.Id).Expect(Own("reporter", "approver")).Harmless(204, route => route).Control("approver@A1S4"),
        Get("/api/reporting/reports/{id}/presence").At(aim => aim.Owner.ReportId).Expect(Own("reporter", "approver")),
        Post($"{ModuleReport}/completion").At(aim => aim.Owner.Ready.Id).IfMatch(aim => aim.Owner.Ready.Version)
            .Expect(Own("reporter", "approver")).Harmless(412, route => route.IfMatch(_ => Stale)).Control("reporter@A1S4"),
        Delete($"{ModuleReport}/completion").At(aim => aim.Owner.Complete.Id).IfMatch(aim => aim.Owner.Complete.Version)
            .Expect(Own("reporter", "approver")).Harmless(412, route => route.IfMatch(_ => Stale)).Control("reporter@A1S4"),
        Post($"{ModuleReport}/submission").At(aim => aim.Owner.Signable.Id).IfMatch(aim => aim.Owner.Signable.Version)
            .Header("Idempotency-Key", aim => $"matrix-{aim.Owner.Place}").Json(_ => new { statement = true })
            .Expect(Own("approver")).Harmless(412, route => route.IfMatch(_ => Stale)).Control("approver@A1S4"),
        Post($"{ModuleReport}/migration").At(aim => aim.Owner.Draft.Id).Query(_ => "preview=true").IfMatch(_ => Stale)
            .Expect(Own("reporter", "approver")).Harmless(412, route => route.Query(_ => "preview=false")).Control("reporter@A1S4"),
        Get($"{ModuleReport}/history").At(aim => aim.Owner.Submitted.Id).Expect(Content),
        Get($"{ModuleReport}/revisions").At(aim => aim.Owner.Submitted.Id).Expect(Content),
        Get($"{ModuleReport}/revisions/{{number}}").At(aim => aim.Owner.Submitted.Id, _ => 1).Only("school", "county", "city").Expect(Content),
    ];

    private static Func<Aim, object> CycleId => aim => aim.Scene.CycleId;

    private static Func<Aim, object> SpareCycleId => aim => aim.Scene.SpareCycleId;

    private static int Below(Identity who, string place) => who.Has() ? 200 : 404;

    private static int Running(Identity who, string place) => !who.Has() ? 404 : who.Is(Tree.Province, "province-owner") ? 200 : 403;

    private static int Asking(Identity who, string place) =>
        !who.Sees(place) ? 404 : who.Is(place, "reporter", "approver", "county-reviewer", "city-supervisor") ? 200 : 403;

    private static int Above(Identity who, string place) =>
        !who.Sees(place) ? 404 : Tree.Parent(place) is { } parent && who.May(parent, Identity.Reviewers) ? 200 : 403;

    private static int Content(Identity who, string place) =>
        !who.Sees(place) ? 404 : who.Is(place, "reporter", "approver") || who.May(place, Identity.Reviewers) ? 200 : 403;

    private static Func<Aim, object> Extension(int days, string reason = "heavy snow") =>
        aim => new { organisationId = aim.Owner.Id, until = TimeProvider.System.GetUtcNow().AddDays(days), reason };

    internal static object NewCycle(string nameZh = "矩阵")
    {
        var now = TimeProvider.System.GetUtcNow();
        return new
        {
            programmeKey = "labor-education", nameZh, nameEn = "Matrix", period = new { key = "matrix", academicYear = "2026-2027", start = "2026-09-01", end = "2027-01-31", fiscalYear = 2026 },
            moduleKeys = new[] { "safety" }, opensAt = now, deadlines = new { school = now.AddDays(1), county = now.AddDays(2), city = now.AddDays(3), province = now.AddDays(4) }, graceMinutes = 0,
        };
    }
}
