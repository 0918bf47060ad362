using Gengdu.Contracts.Reporting.V1;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Messaging.Tests;

/// <summary>Many messages in one transaction, on the real broker.</summary>
public sealed class BatchesTests
{
    private static readonly DateTimeOffset Start = new(2026, 9, 15, 1, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task PoisonAndAnUnknownVersionAmongAThousand_AreSetAsideAlone_AndTheOthersTakeEffectOnce()
    {
        await using var scene = await MessagingScene.CreateAsync();
        var host = await scene.StartAsync(consumer: false, batches: true);
        var events = Enumerable.Range(0, 1000).Select(_ => Exempted()).ToArray();
        var poison = events[417].ReportId;
        host.Probe.BehaveInBatch = exempted => _ = exempted.ReportId == poison ? throw new FormatException("poison") : 0;

        await scene.Broker.PutAsync(ProbeBatchConsumer.Queue, """
            {"messageId":"0199c0de-0000-7000-8000-000000000002","messageType":["urn:message:event:gengdu-reporting-v2-report-exempted"],"message":{"reportId":"0199c0de-0000-7000-8000-000000000003"}}
            """, "application/vnd.masstransit+json");
        await Task.WhenAll(events.Select(exempted => host.Bus.Publish(exempted, context => context.MessageId = exempted.ReportId)));

        await Eventually.HoldsAsync(() => host.InDatabaseAsync(async db => await db.Effects.CountAsync() == 999), "999 effects");
        await Eventually.HoldsAsync(async () => await CountAsync(scene, "_error") == 1, "the poison alone in the error queue");
        await Eventually.HoldsAsync(async () => await CountAsync(scene, "_skipped") == 1, "the unknown version in the skipped queue");
        await Eventually.HoldsAsync(async () => await CountAsync(scene, "") == 0, "nothing left in the queue");
        Assert.Equal(999, await host.InDatabaseAsync(db => db.Effects.Select(effect => effect.Subject).Distinct().CountAsync()));
        Assert.Equal(0, await host.EffectsAsync(poison));
        // No inbox row either: a replay after the cause is mended takes effect.
        Assert.Equal(999, await host.InDatabaseAsync(db => db.Inbox.CountAsync()));
        var parked = Assert.Single(await scene.Broker.TakeAsync($"{ProbeBatchConsumer.Queue}_error")).GetRawText();
        Assert.Contains(poison.ToString(), parked, StringComparison.Ordinal);
        Assert.Contains("FormatException", parked, StringComparison.Ordinal);
        // Halves, not one by one: four hundred wait with the poison.
        Assert.InRange(host.Probe.Batches.Count, 1, 300);
    }

    private static async Task<int> CountAsync(MessagingScene scene, string suffix) =>
        await scene.Broker.QueueAsync(ProbeBatchConsumer.Queue + suffix) is { } queue && queue.TryGetProperty("messages", out var messages) ? messages.GetInt32() : -1;

    private static ReportExempted Exempted() => new()
    {
        ReportId = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()), CycleId = Guid.Empty, OrganisationId = Guid.Empty, OrganisationPath = "/1/", Level = "school", Cause = "closed",
        RequestedBy = Guid.Empty, DecidedBy = Guid.Empty, ExemptedAt = Start,
    };
}
