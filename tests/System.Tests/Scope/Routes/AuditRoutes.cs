using static Gengdu.System.Tests.Scope.Declare;

namespace Gengdu.System.Tests.Scope.Routes;

internal static class AuditRoutes
{
    /// <summary>Each service's audit: the auditors of the subtree. What was denied names what was asked for, so only what was done is looked at.</summary>
    public static Route For(string service) => Get($"/api/{service}/audit").Query(aim => $"organisationId={aim.Owner.Id}&outcome=done&pageSize=200")
        .Expect((who, place) => !who.Has("auditor") ? 403 : !who.Sees(place) ? 404 : who.May(place, "auditor") ? 200 : 403);
}
