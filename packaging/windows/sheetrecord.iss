; Inno Setup: the per-user installer for Windows, no administrator asked. Runs in hosted CI only; never tried here.
; Not signed: SmartScreen warns until somebody owns a signing identity.
; iscc /DVersion=1.2.3 packaging/windows/sheetrecord.iss
[Setup]
AppId=sheetrecord
AppName=sheetrecord (preview)
AppVersion={#Version}
AppPublisher=The sheetrecord authors
DefaultDirName={localappdata}\Programs\sheetrecord
PrivilegesRequired=lowest
DisableProgramGroupPage=yes
ChangesEnvironment=yes
OutputDir=..\..\program
OutputBaseFilename=sheetrecord-setup
SourceDir=.
[Files]
Source: "..\..\program\sheetrecord\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion
[Registry]
Root: HKCU; Subkey: "Environment"; ValueType: expandsz; ValueName: "Path"; ValueData: "{olddata};{app}"; Check: NotOnPath(ExpandConstant('{app}'))
[Code]
function NotOnPath(Folder: String): Boolean;
var Paths: String;
begin
  Result := not (RegQueryStringValue(HKCU, 'Environment', 'Path', Paths)
    and (Pos(';' + Uppercase(Folder) + ';', ';' + Uppercase(Paths) + ';') > 0));
end;
