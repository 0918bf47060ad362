using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Gengdu.Supervision.Data;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Conversations;

/// <summary>How far the caller has read; their notices of it are read with it.</summary>
/// <param name="UpTo">Number of the last message that was on the screen; what came in meanwhile stays unread.</param>
public sealed record ReadConversationRequest(int UpTo);

internal static class ReadConversation
{
    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        Guid reportId, string moduleKey, ReadConversationRequest request, Caller caller, SupervisionDbContext db, TimeProvider clock, CancellationToken cancellationToken)
    {
        var (topic, problem) = await db.FindTopicAsync(caller, reportId, moduleKey, cancellationToken);
        if (topic is null)
        {
            return problem!.ToHttpResult();
        }

        // Never back, never beyond what there is: a second tab that lags behind takes nothing back.
        await db.Database.ExecuteSqlAsync($"""
            insert into message_readings (report_id, module_key, person_id, up_to)
            select {reportId}, {moduleKey}, {caller.PersonId}, max(number) from messages where report_id = {reportId} and module_key = {moduleKey} and number <= {request.UpTo} having max(number) > 0
            on conflict (report_id, module_key, person_id) do update set up_to = greatest(message_readings.up_to, excluded.up_to)
            """, cancellationToken);
        // Who has the words on the screen needs no notice of them any more, and the home page counts those.
        await db.Database.ExecuteSqlAsync($"""
            update notices set read_at = {clock.GetUtcNow()} where person_id = {caller.PersonId} and read_at is null and kind in ('mention', 'message')
              and (key ^@ {$"mention:{reportId}:{moduleKey}:"} or key ^@ {$"message:{reportId}:{moduleKey}:"}) and substring(link from '[?&]talk=([0-9]+)')::int <= {request.UpTo}
            """, cancellationToken);
        return TypedResults.NoContent();
    }
}
