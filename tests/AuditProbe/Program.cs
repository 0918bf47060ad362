using System.Globalization;
using Gengdu.AuditProbe;

// AuditProbe CONNECTION WRITERS ACTS KEYFILE FOLDER: so many writers make so many changes each and say the id of every one that
// was committed. A test kills it in the middle.
var app = Probe.Build(args[0], args[3], args[4]);
await app.StartAsync();
var (writers, acts) = (int.Parse(args[1], CultureInfo.InvariantCulture), int.Parse(args[2], CultureInfo.InvariantCulture));
await Task.WhenAll(Enumerable.Range(0, writers).Select(_ => Task.Run(async () =>
{
    for (var i = 0; i < acts; i++)
    {
        var id = await Probe.ChangeAsync(app.Services);
        lock (app)
        {
            Console.Out.Write($"{id}\n");
            Console.Out.Flush();
        }
    }
})));
await app.StopAsync();
