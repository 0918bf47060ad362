using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using Gengdu.Contracts.Supervision.V1;
using Gengdu.Messaging;
using Gengdu.Organisations;
using Gengdu.Supervision.Data;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Notices;

/// <summary>Raising notices: in the transaction of the act, so that nobody is told of what did not happen, and nothing happens untold.</summary>
internal static class NoticeRaising
{
    public const int LongestKey = 200;
    public const int LongestLink = 300;

    // A city that urges all of its schools tells thousands at once.
    private const int AtOnce = 2000;
    private static readonly TimeSpan Shanghai = TimeSpan.FromHours(8);
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// Tells what is new of it; what somebody was told before (<see cref="Telling.Key"/>) is left out. One statement for two
    /// thousand, notices and events together, and identity brings them by mail and message later.
    /// </summary>
    /// <returns>How many people's notices are new.</returns>
    /// <exception cref="InvalidOperationException">There is no transaction to be part of.</exception>
    public static async Task<int> RaiseNoticesAsync(this SupervisionDbContext db, IEnumerable<Telling> tellings, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (db.Database.CurrentTransaction is null)
        {
            throw new InvalidOperationException("Notices are raised in the transaction of the act they tell of");
        }

        var all = tellings.ToList();
        all.ForEach(telling => telling.Check());
        var told = await AddressedAsync(db, all, now, cancellationToken);
        var raised = 0;
        foreach (var part in told.DistinctBy(notice => (notice.PersonId, notice.Telling.Key)).OrderBy(notice => notice.PersonId).ThenBy(notice => notice.Telling.Key, StringComparer.Ordinal).Chunk(AtOnce))
        {
            raised += await WriteAsync(db, part, now, cancellationToken);
        }

        return raised;
    }

    private static async Task<List<Addressed>> AddressedAsync(SupervisionDbContext db, List<Telling> tellings, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (places, roles) = (tellings.Where(t => t.PersonId is null).Select(t => t.At ?? t.OrganisationId).Distinct().ToArray(), tellings.SelectMany(t => t.Roles).Distinct().ToArray());
        var today = DateOnly.FromDateTime(now.ToOffset(Shanghai).DateTime);
        var people = places.Length == 0 ? [] : await db.Set<Assignment>()
            .Where(a => places.Contains(a.OrganisationId) && roles.Contains(a.Role) && !a.Removed && a.ValidFrom <= today && (a.ValidTo == null || a.ValidTo >= today))
            .Select(a => new { a.OrganisationId, a.Role, a.PersonId }).ToListAsync(cancellationToken);
        var at = people.ToLookup(p => p.OrganisationId);
        return [.. tellings.SelectMany(t => (t.PersonId is { } one ? [one] : at[t.At ?? t.OrganisationId].Where(p => t.Roles.Contains(p.Role)).Select(p => p.PersonId).Distinct())
            .Where(person => person != t.Except).Select(person => new Addressed(Guid.CreateVersion7(now), person, t)))];
    }

    private static async Task<int> WriteAsync(SupervisionDbContext db, Addressed[] part, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var outbox = part.Select(notice => OutboxMessage.For(notice.ToNoticeRaised(now), now)).ToArray();
        // Always in the same order: two acts that tell the same people wait for each other instead of deadlocking.
        var raised = await db.Database.SqlQuery<int>($"""
            with raised as (
              insert into notices (id, person_id, kind, key, args, link, urgent, organisation_id, organisation_path, created_at)
              select n.id, n.person_id, n.kind, n.key, n.args::jsonb, n.link, n.urgent, n.organisation_id, n.organisation_path, {now}
              from unnest({Each(part, n => n.Id)}, {Each(part, n => n.PersonId)}, {Each(part, n => n.Telling.Kind)}, {Each(part, n => n.Telling.Key)}, {Each(part, n => JsonSerializer.Serialize(n.Telling.Args, Json))},
                {Each(part, n => n.Telling.Link)}, {Each(part, n => n.Telling.Urgent)}, {Each(part, n => n.Telling.OrganisationId)}, {Each(part, n => n.Telling.OrganisationPath)})
                with ordinality n(id, person_id, kind, key, args, link, urgent, organisation_id, organisation_path, place)
              order by n.place
              on conflict (person_id, key) do nothing
              returning id
            ), told as (
              insert into outbox_messages (id, type, body, trace_parent, not_before, attempts)
              select o.id, o.type, o.body, {Activity.Current?.Id}, {now}, 0
              from unnest({Each(part, n => n.Id)}, {Each(outbox, o => o.Id)}, {Each(outbox, o => o.Type)}, {Each(outbox, o => o.Body)}) o(notice_id, id, type, body)
              join raised on raised.id = o.notice_id
            )
            select count(*)::int as "Value" from raised
            """).ToListAsync(cancellationToken);
        return raised[0];
    }

    private static TValue[] Each<TItem, TValue>(TItem[] items, Func<TItem, TValue> value) => Array.ConvertAll(items, item => value(item));

    private sealed record Addressed(Guid Id, Guid PersonId, Telling Telling)
    {
        public NoticeRaised ToNoticeRaised(DateTimeOffset now) =>
            new() { NoticeId = Id, PersonId = PersonId, OrganisationId = Telling.OrganisationId, Kind = Telling.Kind, Args = Telling.Args, Link = Telling.Link, Urgent = Telling.Urgent, RaisedAt = now };
    }
}
