/** What an identifier is; the same strings as in the contracts. */
export type IdentifierKind =
  | 'email'
  | 'phone'
  | 'whatsapp_bsuid'
  | 'whatsapp_lid'
  | 'linkedin_member'
  | 'linkedin_profile'
  | 'linkedin_public'
  | 'linkedin_sales'
  | 'linkedin_recruiter';
