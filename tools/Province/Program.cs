using Gengdu.Province;
using Gengdu.Province.Api;
using Spectre.Console;

// Loads a demo province through the public API and plays its people: `load`. Everything goes through the gateway, signed
// in as the person who does it; the same seed makes the same province.
if (args is not ["load", ..])
{
    Console.Error.WriteLine("usage: Gengdu.Province load [--address URL] [--schools N] [--seed N] [--signed PERCENT] [--auditor NAME] [--accounts FILE]");
    return 2;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    stop.Cancel();
};
try
{
    await new ProvinceLoader(LoadOptions.Read(args[1..])).RunAsync(stop.Token);
    return 0;
}
catch (ArgumentException fault)
{
    Console.Error.WriteLine(fault.Message);
    return 2;
}
catch (Exception fault) when (fault is RefusedException or InvalidOperationException or HttpRequestException)
{
    AnsiConsole.WriteLine();
    Console.Error.WriteLine($"The demo province could not be loaded: {fault.Message}");
    return 1;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    Console.Error.WriteLine("Stopped.");
    return 130;
}
