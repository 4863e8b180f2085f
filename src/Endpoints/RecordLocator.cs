using System.Collections.Generic;

namespace OssPayment.Endpoints;

/// <summary>
/// Where the bucket of each record is requested: by the record, the command line, the environment and the listing.
/// </summary>
internal sealed class RecordLocator(LocationResolver resolver, LocationSource commandLine, LocationSource environment)
{
    private readonly LocationResolver _resolver = resolver;
    private readonly LocationSource _commandLine = commandLine;
    private readonly LocationSource _environment = environment;
    private readonly Dictionary<ListedPlace, OssLocation> _listed = [];
    private LocationSource? _lastRecord;
    private OssLocation? _lastLocation;

    /// <param name="region">The region that is bound now: the record's own, or the command line's.</param>
    /// <param name="endpoint">The endpoint that is bound now.</param>
    /// <param name="listed">Where the account's listing places the bucket; null if it was not listed.</param>
    /// <exception cref="OssRequestException">
    /// No region, or an endpoint that is not valid, does not exist or is another known region's.
    /// </exception>
    internal OssLocation Locate(string? region, string? endpoint, ListedPlace? listed)
    {
        OssLocation location = Locate(OfRecord(region, endpoint));
        return listed is { } place ? Locate(location, place) : location;
    }

    /// <summary>
    /// Whether a record that could not be located has no region or endpoint, and no record before it was located.
    /// </summary>
    internal bool FailsForAll(string? region, string? endpoint) =>
        _lastRecord is null && region == _commandLine.Region && endpoint == _commandLine.Endpoint;

    private LocationSource OfRecord(string? region, string? endpoint) => new(
        region == _commandLine.Region ? null : region, endpoint == _commandLine.Endpoint ? null : endpoint);

    private OssLocation Locate(LocationSource record)
    {
        // Most records are requested where the one before was.
        if (_lastLocation is not null && record == _lastRecord)
        {
            return _lastLocation;
        }

        OssLocation location = _resolver.Resolve(record, _commandLine, _environment);
        if (record.Endpoint is not null && location.Endpoint.Standard is null)
        {
            location = location.OfOneRecord();
        }

        _lastRecord = record;
        _lastLocation = location;
        _listed.Clear();
        return location;
    }

    private OssLocation Locate(OssLocation listing, ListedPlace place)
    {
        if (!_listed.TryGetValue(place, out OssLocation? location))
        {
            location = _resolver.Resolve(listing, place);
            _listed.Add(place, location);
        }

        return location;
    }
}
