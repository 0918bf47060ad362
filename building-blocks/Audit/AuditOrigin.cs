using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Gengdu.Audit;

/// <summary>
/// Where an act comes from: client, sign-in, trace. Taken from the request under way, so that a slice need not hand it through.
/// </summary>
internal static class AuditOrigin
{
    private static readonly AsyncLocal<HttpContext?> Request = new();

    public static void Enter(HttpContext http) => Request.Value = http;

    public static Guid? Person => AuditRequest.PersonOf(Request.Value);

    public static AuditAct Stamp(AuditAct act)
    {
        var http = Request.Value;
        return act with
        {
            ClientId = act.ClientId ?? http?.User.FindFirst("client_id")?.Value,
            Session = act.Session ?? SessionOf(http?.User.FindFirst("sid")?.Value),
            TraceId = act.TraceId ?? Activity.Current?.TraceId.ToString(),
            ObjectKind = act.ObjectKind ?? act.Act[..Math.Max(0, act.Act.IndexOf('.', StringComparison.Ordinal))],
        };
    }

    /// <summary>A sign-in's id would let its finder end it; its hash says only which acts belong together.</summary>
    public static string? SessionOf(string? sessionId) =>
        sessionId is null ? null : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sessionId)).AsSpan(0, 12));
}
