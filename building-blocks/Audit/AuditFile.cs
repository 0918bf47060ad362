using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Gengdu.Audit;

/// <summary>The export: CSV, row by row from the database to the wire.</summary>
internal sealed class AuditFile(IAsyncEnumerable<AuditItem> items, string stream) : IResult
{
    private const string Head = "seq,at,actorId,clientId,session,act,outcome,objectKind,objectId,organisationId,organisationPath,rows,filter,details,traceId,personal";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = "text/csv; charset=utf-8";
        response.Headers.ContentDisposition = $"attachment; filename=\"audit-{stream}.csv\"";
        // The mark at the beginning tells spreadsheet programs that Chinese follows.
        await using var text = new StreamWriter(response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), 32 * 1024, leaveOpen: true);
        await text.WriteAsync(Head + "\r\n");
        await foreach (var item in items.WithCancellation(httpContext.RequestAborted))
        {
            await text.WriteAsync(Line(item));
        }
    }

    internal static string Line(AuditItem item) => string.Join(',', new object?[]
    {
        item.Seq, item.At.ToString("O", CultureInfo.InvariantCulture), item.ActorId, item.ClientId, item.Session, item.Act, item.Outcome, item.ObjectKind, item.ObjectId,
        item.OrganisationId, item.OrganisationPath, item.Rows, item.Filter, item.Details, item.TraceId, item.Personal,
    }.Select(value => Field(Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""))) + "\r\n";

    // A cell that begins like a formula is one to a spreadsheet program; line breaks, escape sequences and
    // marks that turn the direction of reading would forge rows.
    private static string Field(string text)
    {
        var clean = string.Concat(text.Select(c => char.IsControl(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Format ? ' ' : c));
        var safe = clean.TrimStart() is ['=' or '+' or '-' or '@' or '＝' or '＋' or '－' or '＠', ..] ? "'" + clean : clean;
        return safe.AsSpan().IndexOfAny(',', '"', '\'') < 0 && safe == safe.Trim() ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
