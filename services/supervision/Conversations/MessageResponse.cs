using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Gengdu.Supervision.Data;
using Gengdu.Supervision.Reviews;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Conversations;

/// <param name="Number">From 1, in order.</param>
/// <param name="Organisation">For whom it was said.</param>
/// <param name="Role">In which role.</param>
/// <param name="PersonId">Who, when it is the caller or a colleague of an own organisation; offices elsewhere speak as offices.</param>
/// <param name="Text">Null when it was struck; dots where it is about a personal cell that the caller may not read.</param>
/// <param name="Cell">Cell address such as "classes/g1"; null when it is about the module.</param>
/// <param name="Revision">The last submitted revision at that time.</param>
/// <param name="StruckAt">When its author took it back.</param>
public sealed record MessageResponse(
    int Number, DateTimeOffset At, ActingOrganisation Organisation, string Role, Guid? PersonId, bool Mine, string? Text, string? Cell, int? Revision,
    IReadOnlyList<MentionResponse> Mentions, DateTimeOffset? StruckAt);

/// <param name="PersonId">One colleague, where the caller may know which; else whoever has the role there.</param>
/// <param name="Me">Whether the caller is meant.</param>
public sealed record MentionResponse(ActingOrganisation Organisation, string Role, Guid? PersonId, bool Me);

internal static class MessageResponses
{
    /// <summary>Two queries, however many messages.</summary>
    public static async Task<IReadOnlyList<MessageResponse>> ToResponsesAsync(
        this SupervisionDbContext db, IReadOnlyList<Message> messages, Topic topic, Caller caller, CancellationToken cancellationToken)
    {
        var numbers = messages.Select(m => m.Number).ToArray();
        var struck = await db.Set<MessageStrike>().Where(s => s.ReportId == topic.ReportId && s.ModuleKey == topic.ModuleKey && numbers.Contains(s.Number))
            .ToDictionaryAsync(s => s.Number, s => s.At, cancellationToken);
        var organisation = await db.OfficesAsync(messages.SelectMany(m => m.Mentions.Select(one => one.OrganisationId).Append(m.OrganisationId)), cancellationToken);
        return [.. messages.Select(m =>
        {
            DateTimeOffset? struckAt = struck.TryGetValue(m.Number, out var at) ? at : null;
            return new MessageResponse(
                m.Number, m.At, organisation(m.OrganisationId), m.Role, m.By == caller.PersonId || caller.IsColleagueAt(m.OrganisationId) ? m.By : null, m.By == caller.PersonId,
                struckAt is not null ? null : topic.IsMasked(caller, m) ? ReviewWords.Masked : m.Text, m.Cell, m.Revision,
                [.. m.Mentions.Select(one => new MentionResponse(
                    organisation(one.OrganisationId), one.Role, one.PersonId == caller.PersonId || caller.IsColleagueAt(one.OrganisationId) ? one.PersonId : null, one.Means(caller)))], struckAt);
        })];
    }

    /// <summary>Names of offices; null until the replica knows them.</summary>
    public static async Task<Func<Guid, ActingOrganisation>> OfficesAsync(this SupervisionDbContext db, IEnumerable<Guid> organisationIds, CancellationToken cancellationToken)
    {
        var ids = organisationIds.Distinct().ToArray();
        var names = await db.Organisations.Where(o => ids.Contains(o.Id)).Select(o => new ActingOrganisation(o.Id, o.NameZh, o.NameEn)).ToDictionaryAsync(o => o.Id, cancellationToken);
        return id => names.GetValueOrDefault(id) ?? new(id, null, null);
    }

    /// <summary>Who works at the same organisation; of anybody else the office is told, not the person.</summary>
    public static bool IsColleagueAt(this Caller caller, Guid organisationId) => caller.Rights.Any(right => right.OrganisationId == organisationId);

    public static bool Means(this Mention mention, Caller caller) =>
        mention.PersonId is { } person ? person == caller.PersonId : caller.Rights.Any(right => right.OrganisationId == mention.OrganisationId && right.Role == mention.Role);
}
