using System;
using System.Collections.Generic;

namespace OssPayment.Endpoints;

/// <summary>
/// Where the bucket of each record is asked: by what the record brings, the command line and the environment.
/// </summary>
internal sealed class RecordLocator
{
    private readonly LocationResolver _resolver;
    private readonly LocationSource _commandLine;
    private readonly LocationSource _environment;
    private readonly Dictionary<string, OssLocation> _inRegion = new(StringComparer.Ordinal);
    private (LocationSource Record, OssLocation Location)? _last;

    internal RecordLocator(LocationResolver resolver, LocationSource commandLine, LocationSource environment)
    {
        _resolver = resolver;
        _commandLine = commandLine;
        _environment = environment;
    }

    /// <param name="region">The region that is bound now: the record's own, or the command line's.</param>
    /// <param name="endpoint">The endpoint that is bound now.</param>
    /// <param name="listedRegion">The region that the account's listing gives the bucket; null where none does.</param>
    /// <exception cref="OssRequestException">
    /// No region, or an endpoint that is none or contradicts the region.
    /// </exception>
    internal OssLocation Locate(string? region, string? endpoint, string? listedRegion)
    {
        OssLocation location = Locate(OfRecord(region, endpoint));
        return listedRegion is null ? location : InRegion(location, listedRegion);
    }

    /// <summary>
    /// Whether a record that could not be located brings nothing of its own, and none before it was located.
    /// </summary>
    internal bool FailsForAll(string? region, string? endpoint) =>
        _last is null && region == _commandLine.Region && endpoint == _commandLine.Endpoint;

    private LocationSource OfRecord(string? region, string? endpoint) => new(
        region == _commandLine.Region ? null : region, endpoint == _commandLine.Endpoint ? null : endpoint);

    private OssLocation Locate(LocationSource record)
    {
        // Most records are asked where the one before was.
        if (_last is { } last && last.Record.Region == record.Region && last.Record.Endpoint == record.Endpoint)
        {
            return last.Location;
        }

        OssLocation location = _resolver.Resolve(record, _commandLine, _environment);
        location.IsOfOneRecord = record.Endpoint is not null && location.Endpoint.Standard is null;
        _last = (record, location);
        _inRegion.Clear();
        return location;
    }

    private OssLocation InRegion(OssLocation location, string listedRegion)
    {
        if (!_inRegion.TryGetValue(listedRegion, out OssLocation? there))
        {
            there = location.InRegion(OssRegion.Parse(listedRegion));
            _inRegion.Add(listedRegion, there);
        }

        return there;
    }
}
