using Gengdu.Audit;
using Gengdu.Messaging;
using Gengdu.Organisations;
using Gengdu.Reporting.Data;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Gengdu.Reporting.Cycles;

internal sealed record GrantExtensionRequest(Guid OrganisationId, DateTimeOffset Until, string Reason);

internal sealed record ExtensionResponse(Guid Id, Guid CycleId, Guid OrganisationId, DateTimeOffset Until, string Reason, DateTimeOffset GrantedAt, int Reports);

internal static class GrantExtension
{
    private const int MaxReason = 1000;

    public static async Task<Results<Created<ExtensionResponse>, ProblemHttpResult>> HandleAsync(
        Guid id, GrantExtensionRequest request, Caller caller, ReportingDbContext db, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var cycle = await db.Cycles.VisibleTo(caller).SingleOrDefaultAsync(c => c.Id == id, cancellationToken);
        var path = await db.Organisations.Where(o => o.Id == request.OrganisationId).Select(o => o.Path).SingleOrDefaultAsync(cancellationToken);
        if (cycle is null || path is null || !caller.Sees(path))
        {
            return GeneralProblems.NotFound.ToHttpResult();
        }

        if (!caller.MayActAs(path, Roles.CountyReviewer, Roles.CitySupervisor, Roles.ProvinceOwner))
        {
            return GeneralProblems.Forbidden.ToHttpResult();
        }

        if (Check(request, now) is { Count: > 0 } errors)
        {
            return GeneralProblems.Invalid(errors).ToHttpResult();
        }

        if (cycle.State != CycleState.Open)
        {
            return CycleProblems.NotOpen.ToHttpResult();
        }

        var extension = new Extension
        {
            Id = Guid.CreateVersion7(now),
            CycleId = id,
            OrganisationId = request.OrganisationId,
            Until = request.Until.ToUniversalTime(),
            Reason = request.Reason.Trim(),
            GrantedBy = caller.PersonId,
            GrantedAt = now,
        };
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await TreeLock.ShareAsync((NpgsqlConnection)db.Database.GetDbConnection(), cancellationToken);
        db.Add(extension);
        db.Publish(extension.ToExtensionDecided(path), now);
        await db.SaveChangesAsync(cancellationToken);
        // One statement for the whole subtree; an earlier, longer extension stays.
        var reports = await db.Reports.Where(r => r.CycleId == id).Under(path, r => r.OrganisationPath)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.ExtendedUntil, r => r.ExtendedUntil > extension.Until ? r.ExtendedUntil : extension.Until), cancellationToken);
        if (reports == 0)
        {
            return CycleProblems.NotOnRoster.ToHttpResult();
        }

        await db.AuditAsync([Audited(caller, extension, path, reports)], now, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return TypedResults.Created((string?)null, new ExtensionResponse(extension.Id, id, extension.OrganisationId, extension.Until, extension.Reason, now, reports));
    }

    // The reason is free text: it stands with the extension.
    private static AuditAct Audited(Caller caller, Extension extension, string path, int reports) =>
        AuditAct.Of(caller, "extension.granted", extension.Id, path, new { extension.CycleId, extension.Until }) with { OrganisationId = extension.OrganisationId, Rows = reports };

    private static List<FieldError> Check(GrantExtensionRequest request, DateTimeOffset now)
    {
        var errors = new List<FieldError>();
        if (request.Until <= now)
        {
            errors.Add(new("until", "range", new("延期时间应晚于现在", "The new time lies in the future")));
        }

        if (request.Reason.Trim().Length is 0 or > MaxReason)
        {
            errors.Add(new("reason", "length", new("请填写理由，至多 1000 字", "Give the reason in at most 1,000 characters")));
        }

        return errors;
    }
}
