using System.Collections.Generic;

namespace OssPayment.Emulator.Control;

/// <summary>Many buckets to add.</summary>
internal sealed record FleetRequest(int Count, string Prefix = "fleet-", IReadOnlyList<string>? Regions = null);
