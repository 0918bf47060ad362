using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using Gengdu.Analytics.Data;
using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Analytics.Maps;

/// <param name="Title">Names the version for those who choose one.</param>
/// <param name="ApprovalNumber">审图号, e.g. "GS(2024)0650号" or "冀S(2024)012号".</param>
/// <param name="Source">Who drew it.</param>
internal sealed record MapQuery(string Title, string ApprovalNumber, string Source);

/// <summary>Takes a GeoJSON file of all counties as a new version. It is looked at first, and shown to nobody before somebody decides to.</summary>
internal static partial class ImportMap
{
    /// <summary>Five times what the counties of a province need at the precision a page can show.</summary>
    public const long LargestFile = 16 * 1024 * 1024;

    /// <summary>Up to here a file that is too large is told what to do about it.</summary>
    public const long LargestRequest = 64 * 1024 * 1024;

    private const int Shown = 200;

    private const int LongestToken = 1024 * 1024;

    // Two at once could hold twice the points; nobody imports maps in a hurry.
    private static readonly SemaphoreSlim OneAtATime = new(1);

    public static async Task<Results<Created<MapResponse>, ProblemHttpResult>> HandleAsync(
        HttpRequest request, [AsParameters] MapQuery query, Caller caller, AnalyticsDbContext db, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (!UseMap.MayDecide(caller))
        {
            return GeneralProblems.Forbidden.ToHttpResult();
        }

        var (title, approval, source) = (query.Title.Trim(), query.ApprovalNumber.Trim().Replace('（', '(').Replace('）', ')'), query.Source.Trim());
        if (Check(title, approval, source) is { Count: > 0 } errors)
        {
            return GeneralProblems.Invalid(errors).ToHttpResult();
        }

        // Said before a byte is read, where the sender tells the length.
        if (request.ContentLength > LargestFile)
        {
            return AnalyticsProblems.MapTooLarge.ToHttpResult();
        }

        await OneAtATime.WaitAsync(cancellationToken);
        try
        {
            var (file, bytes, hash, problem) = await ReadAsync(request.BodyReader, cancellationToken);
            var checkedMap = problem is null ? await CheckAsync(file!, db, cancellationToken) : problem;
            if (checkedMap is not null)
            {
                return checkedMap.ToHttpResult();
            }

            var (shapes, points) = SimplerShapes.Of([.. file!.Outlines.Select(one => one.Outline)]);
            var now = clock.GetUtcNow();
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            await UseMap.LockAsync(db, cancellationToken);
            var map = new AreaMap
            {
                Number = (await db.Maps.MaxAsync(m => (int?)m.Number, cancellationToken) ?? 0) + 1,
                Title = title,
                ApprovalNumber = approval,
                Source = source,
                Shapes = shapes,
                FileHash = hash,
                FileBytes = bytes,
                Places = file.Outlines.Count,
                Points = file.Points,
                KeptPoints = points,
                ImportedBy = caller.PersonId,
                ImportedAt = now,
            };
            db.Add(map);
            db.Audit(AuditAct.Of(caller, "map.imported", map.Number, caller.SubtreePaths()[0], new { map.ApprovalNumber, map.FileHash }) with { Rows = map.Places }, now);
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return TypedResults.Created($"/api/analytics/maps/{map.Number.ToString(CultureInfo.InvariantCulture)}/shapes", MapResponse.Of(map, since: null));
        }
        finally
        {
            OneAtATime.Release();
        }
    }

    private static List<FieldError> Check(string title, string approval, string source)
    {
        var errors = new List<FieldError>();
        if (title.Length is 0 or > 100)
        {
            errors.Add(new("title", "length", new("请填写名称，最多 100 字。", "Give a title of at most 100 characters.")));
        }

        if (!Approval().IsMatch(approval))
        {
            errors.Add(new("approvalNumber", "format", new("请填写审图号，如 GS(2024)0650号 或 冀S(2024)012号。没有审图号的地图不能公开使用。", "Give the approval number, such as GS(2024)0650 or 冀S(2024)012. A map without one may not be shown.")));
        }

        if (source.Length is 0 or > 100)
        {
            errors.Add(new("source", "length", new("请填写来源，最多 100 字。", "Say who drew it, in at most 100 characters.")));
        }

        return errors;
    }

    internal static async Task<(GeoJson? File, long Bytes, string Hash, Problem? Problem)> ReadAsync(PipeReader body, CancellationToken cancellationToken)
    {
        var (file, state, bytes, first) = (new GeoJson(), default(JsonReaderState), 0L, true);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        while (true)
        {
            var piece = await body.ReadAsync(cancellationToken);
            // What the last look left is in the buffer again.
            if (bytes + piece.Buffer.Length > LargestFile)
            {
                return (null, 0, "", AnalyticsProblems.MapTooLarge);
            }

            // The marks of the order of bytes that some editors put first are no JSON.
            if (first && piece.Buffer.Length < 3 && !piece.IsCompleted)
            {
                body.AdvanceTo(piece.Buffer.Start, piece.Buffer.End);
                continue;
            }

            var buffer = first && StartsWithMark(piece.Buffer) ? piece.Buffer.Slice(3) : piece.Buffer;
            first = false;
            if (!TryRead(file, buffer, piece.IsCompleted, ref state, out var consumed))
            {
                return (null, 0, "", AnalyticsProblems.NotAMap);
            }

            if (file.TooDetailed)
            {
                return (null, 0, "", AnalyticsProblems.MapTooDetailed);
            }

            var done = piece.IsCompleted ? piece.Buffer : piece.Buffer.Slice(0, consumed);
            // One word of a million letters: read again and again until it ends, which no map needs.
            if (piece.Buffer.Length - done.Length > LongestToken)
            {
                return (null, 0, "", AnalyticsProblems.NotAMap);
            }

            foreach (var part in done)
            {
                hash.AppendData(part.Span);
            }

            bytes += done.Length;
            body.AdvanceTo(consumed, piece.Buffer.End);
            if (piece.IsCompleted)
            {
                return (file, bytes, Convert.ToHexStringLower(hash.GetHashAndReset()), null);
            }
        }
    }

    private static bool StartsWithMark(ReadOnlySequence<byte> buffer) => buffer.Length >= 3 && buffer.Slice(0, 3).ToArray() is [0xEF, 0xBB, 0xBF];

    private static bool TryRead(GeoJson file, ReadOnlySequence<byte> buffer, bool last, ref JsonReaderState state, out SequencePosition consumed)
    {
        consumed = buffer.Start;
        try
        {
            var reader = new Utf8JsonReader(buffer, last, state);
            file.Read(ref reader);
            (state, consumed) = (reader.CurrentState, reader.Position);
            return true;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private static async Task<Problem?> CheckAsync(GeoJson file, AnalyticsDbContext db, CancellationToken cancellationToken)
    {
        if (!file.IsCollection || file.Features == 0)
        {
            return AnalyticsProblems.NotAMap;
        }

        if (!MapCheck.IsInDegrees(file.Crs))
        {
            return AnalyticsProblems.MapNotInDegrees(file.Crs!);
        }

        // Names and codes of places are no secret; the province's own right was looked at.
        var places = await db.Set<Organisation>().AsNoTracking().Where(o => o.ValidTo == null && o.Kind != "school")
            .Select(o => new { o.Code, o.NameZh, o.NameEn, o.Kind, o.LevelRoles }).ToListAsync(cancellationToken);
        var known = places.ToDictionary(o => o.Code, o => new TreePlace(o.Code, new(o.NameZh, o.NameEn), o.Kind == "division" && o.LevelRoles.Contains("county")));
        List<FieldError> faults = [.. file.Faults, .. MapCheck.Faults(file.Outlines, known, out var tooDetailed)];
        return tooDetailed ? AnalyticsProblems.MapTooDetailed
            : faults.Count > 0 ? AnalyticsProblems.MapFaulty(faults.Count) with { Errors = [.. faults.Take(Shown)] }
            : null;
    }

    [GeneratedRegex(@"^(GS|GS\p{IsCJKUnifiedIdeographs}|\p{IsCJKUnifiedIdeographs}S)\(\d{4}\)\d{1,6}号?$")]
    private static partial Regex Approval();
}
