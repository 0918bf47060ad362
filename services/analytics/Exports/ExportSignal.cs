using Gengdu.ServiceDefaults;

namespace Gengdu.Analytics.Exports;

/// <summary>Wakes what makes the quick files of this process.</summary>
internal sealed class ExportSignal : WakeSignal;

/// <summary>The same for files that take long.</summary>
internal sealed class LongExportSignal : WakeSignal;
